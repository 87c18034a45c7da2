# expect: status=ok stdout=fine
# An allow-list is only good if a lesson's ordinary code passes.
import collections, csv, datetime, decimal, fractions, glob, hashlib, itertools, json, math, os, pathlib, queue, random, re
import shutil, sqlite3, statistics, tempfile, threading, time, zipfile, asyncio, concurrent.futures, io, zoneinfo

pathlib.Path("data.csv").write_text("a,b\n1,2\n")
assert list(csv.DictReader(open("data.csv")))[0]["b"] == "2"
shutil.copy("data.csv", "copy.csv")
shutil.copytree(".", "folder/inner", ignore=shutil.ignore_patterns("folder", "tmp"))
shutil.rmtree("folder")
with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(f"{folder}/x.zip", "w") as archive:
    archive.write("data.csv")
base = sqlite3.connect("base.db")
base.execute("create table t (a)")
base.execute("insert into t values (1)")
base.commit()
assert base.execute("select a from t").fetchall() == [(1,)]


async def nap():
    await asyncio.sleep(0.001)
    return 5


assert asyncio.run(nap()) == 5
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    assert sum(pool.map(abs, [-1, -2])) == 3
os.rename("copy.csv", "moved.csv")
(
    os.stat("moved.csv"),
    os.listdir("."),
    glob.glob("*.csv"),
    os.getcwd(),
    os.cpu_count(),
    time.time(),
    datetime.datetime.now(),
)
zoneinfo.ZoneInfo("Asia/Seoul")
hashlib.sha256(os.urandom(8)).hexdigest()
print("fine")
