# %% [markdown]
# <!-- ko -->
# # 따릉이의 하루
#
# 달력과 그날의 날씨를 보고 서울에서 하루에 빌려 갈 자전거의 수를 예측해요.
#
# 1. 위에서부터 칸을 차례로 실행하세요.
# 2. `# q1`부터 `# q3`까지의 칸에서 `...` 자리를 채우세요. 칸의 첫 줄(`# q1`)은 지우지 마세요.
# 3. 맨 아래 칸이 만드는 `submission.csv`를 제출하고, 이 노트북도 제출하세요.
#
# <!-- en -->
# # A day of public bikes
#
# From the calendar and the weather of the day, predict how many bikes Seoul rents in a day.
#
# 1. Run the cells from the top, one after the other.
# 2. Fill in each `...` in the cells `# q1` to `# q3`. Do not delete the first line of a cell (`# q1`).
# 3. Hand in the `submission.csv` that the last cell makes, and this notebook as well.

# %%
import numpy as np
import pandas as pd
from sklearn.metrics import mean_absolute_error as mae
from sklearn.tree import DecisionTreeRegressor

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
train["day"] = pd.to_datetime(train["date"]).dt.day
print(train.shape, test.shape)
train.head()

# %% [markdown]
# <!-- ko -->
# ## 1. 연습 시험 만들기
#
# 시험하는 날의 답은 숨겨져 있어요. 그래서 배우는 날을 다시 나누어 연습 시험을 만들어요. 달마다 **14일까지**는 `fit`에, **15일부터**는 `valid`에 넣으세요.
#
# <!-- en -->
# ## 1. Making a practice test
#
# The answers of the test days are hidden. So divide the training days once more for a practice test. In each month put the days **up to the 14th** into `fit` and those **from the 15th on** into `valid`.

# %%
# 문항: q1
# 풀이 시작
fit = train[train["day"] <= 14]
valid = train[train["day"] >= 15]
# 대신: fit = ...
# 대신: valid = ...
# 풀이 끝

# %%
# 확인: q1-split 2점
# 제목: 14일까지는 fit, 15일부터는 valid
# title: Days up to the 14th in fit, from the 15th on in valid
# 힌트: 14일과 15일이 어느 쪽에 있는지, 두 쪽을 더하면 241일인지 세어 보세요.
# hint: See on which side the 14th and the 15th are, and whether both sides make 241 days.
assert fit["day"].max() == 14 and valid["day"].min() == 15 and len(fit) + len(valid) == 241

# %% [markdown]
# <!-- ko -->
# ## 2. 넘어야 할 점수
#
# `fit`에서 **달마다의 평균**을 구해 `valid`를 예측하고, 평균 절대 오차를 `month_mae`에 넣으세요.
#
# <!-- en -->
# ## 2. The score to beat
#
# Take the **mean of each month** from `fit`, predict `valid` with it, and put the mean absolute error into `month_mae`.

# %%
# 문항: q2
# 풀이 시작
month_mean = fit.groupby("month")["rented"].mean()
month_mae = mae(valid["rented"], valid["month"].map(month_mean))
# 대신: month_mae = ...
# 풀이 끝
month_mae

# %%
# 확인: q2-month 3점
# 제목: 달의 평균으로 예측한 오차가 맞아요
# title: The error of predicting the month's mean is right
# 힌트: 평균은 fit에서, 오차는 valid에서 구해요.
# hint: Means from fit, the error from valid.
# 오차: 0.5
month_mae

# %% [markdown]
# <!-- ko -->
# ## 3. 예측하는 함수
#
# 날의 표를 받아서 날마다의 대여 수를 돌려주는 함수 `predict_rentals`를 만드세요. 모델은 함수 바깥에서 배우는 날로 가르치고, 함수 안에서는 예측만 해요. 함수가 받는 표에는 `rented`가 없어요.
# 처음 보는 날에서 평균 절대 오차가 **4,000대 이하**면 통과예요.
#
# <!-- en -->
# ## 3. A function that predicts
#
# Write a function `predict_rentals` that takes a table of days and returns the rentals of each. Outside the function, teach a model with the training days; inside, only predict. The table has no `rented`.
# You pass with a mean absolute error of **4,000 or less** on unseen days.

# %%
# 문항: q3
# 풀이 시작
columns = ["month", "weekend", "holiday", "temp", "temp_max", "rain", "humidity"]
model = DecisionTreeRegressor(min_samples_leaf=5, random_state=0)
model.fit(train[columns], train["rented"])
# 대신: # 여기에서 모델을 가르치세요.
# instead: # Teach a model here.
# 풀이 끝


def predict_rentals(table):
    # 풀이 시작
    return model.predict(table[columns])
    # 대신: return ...
    # 풀이 끝

# %%
# 확인: q3-predict 3점
# 제목: 처음 보는 날에서 평균 절대 오차 4,000 이하
# title: A mean absolute error of at most 4,000 on unseen days
# 힌트: 비와 기온을 함께 쓰나요? 나무를 쓴다면 외우지 못하게 잎의 크기나 깊이를 정하세요.
# hint: Do you use rain and temperature together? With a tree, limit its depth or the size of its leaves so that it cannot learn by heart.
# 예측: predict_rentals
# 입력: features.csv
# 정답: answers.csv
# 열: rented
# 지표: mae
# 이하: 4000

# %% [markdown]
# <!-- ko -->
# ## 제출 파일 만들기
#
# 처음에는 달의 평균이 그대로 나가요. 세 번째 물음을 풀고 나면 아래의 예측을 `predict_rentals(test)`로 바꾸어 다시 내 보세요.
#
# <!-- en -->
# ## Making the file to hand in
#
# At first this hands in the mean of the month. Once you have answered the third question, change the prediction below to `predict_rentals(test)` and hand in again.

# %%
predicted = test["month"].map(train.groupby("month")["rented"].mean())
submission = pd.DataFrame({"id": test["id"], "rented": np.clip(predicted, 0, None)})
submission.to_csv("submission.csv", index=False)
submission.head()
