"""What the journey's team hands in at the ten stages of the project that ships."""

import io

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

COLUMNS = (
    "id date precipitation temp_max temp_min wind weather rain_today precipitation_yesterday temp_max_yesterday"
    " temp_min_yesterday rain_tomorrow"
)
FIRST_INTERVIEW, MENDED_INTERVIEW = "체육 선생님의 이야기", "어제 아침, 체육 선생님의 이야기"
TEXTS = {
    "observations": "1. 체육 수업이 그날 아침에 바뀌었다.\n2. 우산이 없어 비를 맞았다.\n3. 복도 바닥이 젖어 미끄러웠다.",
    "goal": "전날 저녁에 비를 맞혀 체육 수업이 갑자기 바뀌는 일을 한 달에 두 번 아래로 줄인다.",
    "without-ai": "오늘 비가 왔으면 내일도 온다고 한다. 이것보다 나은지 재 본다.",
    "risks": "못 맞히면 준비 없이 젖는다 → 애매하면 우산을 챙기라고 알린다.",
    "score": "늘 맑음 0.5, 오늘처럼 0.7쯤. 이겨야 할 점수는 오늘처럼의 점수다.",
    "experiments": "1. 늘 맑음\n2. 오늘처럼\n3. 기온 넣기\n4. 계절 넣기\n5. 어제 비 넣기",
    "choice": "오늘처럼. 더 어려운 모델이 처음 보는 해에서 낫지 않았다.",
    "sorted": "20개를 셋으로 나눴다. 비가 그친 날 11, 갑자기 온 날 7, 아주 적게 온 날 2.",
    "opinions": "세 사람 모두 '애매함'을 보고 싶어 했다. 그래서 세 단계로 바꿨다.",
    "together": "기준을 먼저 재고 나서 실험한 것이 도움이 됐다.",
    "ai-use": "날짜를 다루는 코드를 챗봇에게 물었고, 나눈 날짜를 직접 찍어 확인했다.",
}
DEMO, VIDEO = "https://rain.school.example/demo", "https://video.school.example/rain-talk"
DATA_CARD = {
    "source": "시애틀의 날씨 기록 (NOAA)",
    "licence": "누구나 쓸 수 있는 공공 기록",
    "collected": "2012년부터 2015년까지 날마다 공항에서",
    "people": "사람에 관한 것은 없다.",
    "missing": "산과 바닷가, 습도와 기압이 없다.",
    "table": "given:train.csv",
    "rows": "730",
    "columns": COLUMNS.replace(" ", "\n"),
}
MODEL_CARD = {
    "task": "전날 저녁에 내일 비가 올지 말한다.",
    "method": "오늘 비가 왔으면 내일도 온다고 한다.",
    "compared": "늘 맑음보다 낫고, 오늘처럼과 같다.",
    "groups": "비가 그치는 날에 더 많이 틀린다.",
    "limits": "장마와 태풍이 있는 곳에서는 쓰지 않는다.",
    "ai_use": "코드 한 줄을 물어보았다.",
}
LOG = {"done": "틀린 날을 모았다", "learned": "비가 그친 날이 가장 많았다", "plan": "발표를 준비한다"}
REFLECTION = "날짜로 나누는 까닭을 친구에게 말로 설명하는 것이 가장 어려웠다."
AI_USE = {
    "purpose": "code",
    "tool": "챗봇",
    "asked": "날짜로 자료를 나누는 코드를 물었다.",
    "kept": "나누는 줄만 받아들였다.",
    "checked": "나눈 뒤의 첫 날짜와 마지막 날짜를 찍어 보았다.",
}


FIGURE_WIDTH = 480


def always_dry(_day: dict[str, str]) -> int:
    return 0


def same_as_today(day: dict[str, str]) -> int:
    return int(day["rain_today"])


def figure() -> FilePayload:
    """Errors by their cause, as three bars."""
    picture = Image.new("RGB", (FIGURE_WIDTH, 320), "white")
    draw = ImageDraw.Draw(picture)
    for place, count in enumerate((11, 7, 2)):
        draw.rectangle((60 + 140 * place, 300 - 24 * count, 140 + 140 * place, 300), fill="#2a6f97")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return {"name": "errors.png", "mimeType": "image/png", "buffer": buffer.getvalue()}
