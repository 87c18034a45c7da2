# %% [markdown]
# <!-- ko -->
# # 실천 포트폴리오: 첫 모델
#
# 내일의 최고 기온을 예측합니다. 수업 ‘설치 없이 모델 만들기’에서 한 일을 스스로 한 번 더 해 보는 노트북입니다.
#
# 1. 위에서부터 칸을 차례로 실행하세요.
# 2. `# q1`부터 `# q3`까지의 칸에서 `...` 자리를 채우세요. 칸의 첫 줄(`# q1`)은 지우지 마세요.
# 3. 이 노트북을 제출하세요. 저절로 채점되는 것은 이 세 물음뿐입니다.
#
# <!-- en -->
# # Portfolio of practice: a first model
#
# Predict tomorrow's highest temperature. In this notebook you do once more, on your own, what you did in “A model without installing anything”.
#
# 1. Run the cells from the top, one after the other.
# 2. Fill in each `...` in the cells `# q1` to `# q3`. Do not delete the first line of a cell (`# q1`).
# 3. Hand in this notebook. These three questions are all that is graded by itself.

# %%
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error as mae

train = pd.read_csv("train.csv")
fit = train[train["date"] < "2014"]
valid = train[train["date"] >= "2014"]
print(len(fit), len(valid))
train.head()

# %% [markdown]
# <!-- ko -->
# ## 1. 쉬운 예측 둘
#
# 2014년(`valid`)에서 두 예측의 평균 절대 오차를 재세요. “내일은 오늘과 같다”의 오차는 `today_error`에, “같은 달의 평균”의 오차는 `month_error`에 넣습니다. 달마다의 평균은 `fit`에서 구합니다.
#
# <!-- en -->
# ## 1. Two easy predictions
#
# Measure the mean absolute error of two predictions on 2014 (`valid`). Put that of “tomorrow is like today” into `today_error` and that of “the mean of the same month” into `month_error`. The means of the months come from `fit`.

# %%
# 문항: q1
# 풀이 시작
today_error = mae(valid["tomorrow"], valid["temp_max"])
normal = fit.groupby("month")["tomorrow"].mean()
month_error = mae(valid["tomorrow"], valid["month"].map(normal))
# 대신: today_error = ...
# 대신: month_error = ...
# 풀이 끝
print(today_error, month_error)

# %%
# 확인: q1-today 2점
# 제목: “내일은 오늘과 같다”의 오차가 맞습니다
# title: The error of “tomorrow is like today” is right
# 힌트: 정답과 예측을 모두 valid에서 가져옵니다.
# hint: Take both truth and prediction from valid.
# 오차: 0.005
today_error

# %%
# 확인: q1-month 2점
# 제목: “같은 달의 평균”의 오차가 맞습니다
# title: The error of “the mean of the same month” is right
# 힌트: 평균은 fit에서, 오차는 valid에서 구합니다.
# hint: Means from fit, the error from valid.
# 오차: 0.005
month_error

# %% [markdown]
# <!-- ko -->
# ## 2. 모델은 얼마나 나은가
#
# `columns`의 네 열로 직선 모델을 `fit`에서 가르치고, `valid`에서 잰 오차가 **두 쉬운 예측 가운데 나은 쪽**보다 몇 도 작은지 `gain`에 넣으세요.
#
# <!-- en -->
# ## 2. How much better is the model?
#
# Teach a linear model with the four columns of `columns` on `fit`. Put into `gain` by how many degrees its error on `valid` is below **the better of the two easy predictions**.

# %%
# 문항: q2
columns = ["temp_max", "temp_min", "precipitation", "wind"]
# 풀이 시작
line = LinearRegression().fit(fit[columns], fit["tomorrow"])
line_error = mae(valid["tomorrow"], line.predict(valid[columns]))
gain = min(today_error, month_error) - line_error
# 대신: gain = ...
# 풀이 끝
print(gain)

# %%
# 확인: q2-gain 3점
# 제목: 기준보다 줄어든 오차가 맞습니다
# title: The gain over the baseline is right
# 힌트: 더 나은 쉬운 예측의 오차에서 모델의 오차를 뺍니다.
# hint: Subtract the model's error from that of the better easy prediction.
# 오차: 0.005
gain

# %% [markdown]
# <!-- ko -->
# ## 3. 처음 보는 해를 예측하는 함수
#
# 날의 표를 받아서 날마다 내일의 최고 기온을 돌려주는 함수 `predict_tomorrow`를 만드세요. 모델은 함수 바깥에서 `train`으로 가르칩니다. 함수가 받는 표에는 `tomorrow`가 없습니다.
# 숨긴 2015년의 날들에서 평균 절대 오차가 **2.08도 이하**면 통과합니다. 그날들에서 “오늘과 같다”는 2.10도입니다.
#
# <!-- en -->
# ## 3. A function for the unseen year
#
# Write a function `predict_tomorrow` that takes a table of days and returns tomorrow's highest temperature for each. Teach the model outside the function, with `train`. The table has no `tomorrow`.
# You pass with a mean absolute error of **2.08 degrees or less** on hidden days of 2015, where “like today” has 2.10.

# %%
# 문항: q3
# 풀이 시작
final = LinearRegression().fit(train[columns], train["tomorrow"])
# 대신: # 여기에서 train으로 모델을 가르치세요.
# instead: # Teach a model with train here.
# 풀이 끝


def predict_tomorrow(table):
    # 풀이 시작
    return final.predict(table[columns])
    # 대신: return ...
    # 풀이 끝

# %%
# 확인: q3-predict 3점
# 제목: 처음 보는 날에서 평균 절대 오차 2.08도 이하
# title: A mean absolute error of at most 2.08 degrees on unseen days
# 힌트: 오늘의 값 하나보다 네 열을 함께 쓰면 나아집니다. 깊은 나무는 외우기만 합니다.
# hint: Four columns do better than today's value alone. A deep tree only memorises.
# 예측: predict_tomorrow
# 입력: features.csv
# 정답: answers.csv
# 열: tomorrow
# 지표: mae
# 이하: 2.08
