"""What `saem doctor` advises."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "doctor.isolation": _(
        "아래에서 빠진 것을 채워 주세요. 다른 일을 하지 않는 컴퓨터라면 SAEM_SANDBOX_MINIMUM_RUNG을 낮출 수 있어요."
    ),
    "doctor.install_bubblewrap": _("bubblewrap을 설치해 주세요: sudo apt-get install bubblewrap"),
    "doctor.install_libseccomp": _("libseccomp을 설치해 주세요: sudo apt-get install libseccomp2"),
    "doctor.kernel_without_landlock": _("커널에 landlock이 없어요. 5.13보다 새 커널을 쓰면 한 겹 더 안전해져요."),
    "doctor.delegate_memory_group": _(
        "메모리를 정확히 제한하려면 cgroup을 맡겨 주세요: systemd 유닛에 Delegate=yes를 넣으면 돼요."
    ),
    "doctor.see_above": _("위의 항목을 먼저 해결해 주세요."),
    "doctor.interpreter_unreadable": _(
        "보통 사용자가 파이썬을 읽을 수 없어 코드가 root로 실행돼요. 모두가 읽을 수 있는 곳에 설치해 주세요."
    ),
    "doctor.apparmor_userns": _(
        "Ubuntu의 AppArmor가 사용자 네임스페이스를 막고 있어요. /etc/apparmor.d/bwrap에 "
        "‘abi <abi/4.0>, profile bwrap /usr/bin/bwrap flags=(unconfined) {{ userns, }}’를 넣고 "
        "sudo apparmor_parser -r /etc/apparmor.d/bwrap을 실행해 주세요."
    ),
    "doctor.enable_userns_clone": _("사용자 네임스페이스를 켜 주세요: sudo sysctl kernel.unprivileged_userns_clone=1"),
    "doctor.raise_max_user_namespaces": _(
        "사용자 네임스페이스를 쓸 수 있게 해 주세요: sudo sysctl user.max_user_namespaces=15000"
    ),
    "doctor.enable_user_namespaces": _(
        "이 커널에서는 보통 사용자가 네임스페이스를 만들 수 없어요. 관리자에게 문의해 주세요."
    ),
    "doctor.container_seccomp": _(
        "이 컨테이너는 네임스페이스를 막고 있어요. 컨테이너 밖에서 실행하거나, "
        "다른 일을 하지 않는 컨테이너라면 C 단계를 허용해 주세요."
    ),
    "doctor.database": _("데이터베이스에 닿지 않아요. SAEM_DATABASE_URL을 확인해 주세요."),
    "doctor.schema": _("데이터베이스 구조가 오래됐어요: saem manage migrate"),
    "doctor.no_celery": _("Celery가 설치돼 있지 않아요: make cluster"),
    "doctor.broker": _(
        "브로커에 닿지 않아요. SAEM_BROKER_URL을 확인해 주세요. 그동안에도 작업자가 1초마다 직접 살펴봐요."
    ),
    "doctor.no_workers": _("지금 일하는 작업자가 없어요: saem serve 또는 saem worker"),
    "doctor.bundle": _("화면에 쓸 파일을 아직 만들지 않았어요: make site"),
    "doctor.badges": _("배지를 발급하고 확인하는 데 쓰는 파일이 없거나 원본과 달라요: make site"),
    "doctor.no_mail": _("메일을 보내지 않고 화면에 찍어요. 비밀번호 재설정을 쓰려면 SAEM_EMAIL_HOST를 정해 주세요."),
    "doctor.mail": _("메일 서버에 닿지 않아요. SAEM_EMAIL_HOST와 SAEM_EMAIL_PORT를 확인해 주세요."),
    "doctor.mail_backend": _(
        "SAEM_EMAIL_BACKEND가 가리키는 꾸러미가 없어요. django-anymail이라면 make anymail로 설치해 주세요."
    ),
    "doctor.site_url": _("SAEM_SITE_URL을 사람들이 들어오는 주소로 정해 주세요. 이메일 속 링크가 그 주소로 이어져요."),
    "doctor.credentials_key": _(
        "배지에 서명하는 키를 잠글 비밀이 아직 없어요. SAEM_CREDENTIALS_KEY를 32자 넘는 임의의 글자로 정하고,"
        " 데이터베이스를 함께 쓰는 모든 컴퓨터에서 같게 해 주세요."
    ),
    "doctor.issuer_keys": _(
        "지금 비밀로 열리지 않는 서명 키가 있어요. 키를 만들 때 쓰던 SAEM_CREDENTIALS_KEY나"
        " credentials_key 파일을 되돌려 주세요."
    ),
    "doctor.issuer_addresses": _(
        "배지에 적힌 주소와 지금 SAEM_SITE_URL이 달라요. 이미 준 배지를 확인할 수 없게 되니 예전 주소로 되돌려 주세요."
    ),
    "doctor.debug": _("SAEM_DEBUG를 꺼 주세요. 오류 화면에 비밀이 보일 수 있어요."),
    "doctor.secret_key": _("SAEM_SECRET_KEY를 50자 넘는 임의의 글자로 정하거나, 지워서 새로 만들게 해 주세요."),
    "doctor.https": _("사이트 앞에 HTTPS를 두고 SAEM_HTTPS=true로 정해 주세요."),
    "doctor.demonstration": _(
        "체험용 계정은 비밀번호를 누구나 알아요. 체험용 폴더가 아닌 새 SAEM_HOME에서 시작해 주세요."
    ),
}
