"""What each metric is called and which way it is good, in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.lib.grading.checkers.metrics import METRICS

NAMES: dict[str, Promise | str] = {
    "rmse": "RMSE",
    "mse": "MSE",
    "mae": "MAE",
    "mape": "MAPE",
    "smape": "sMAPE",
    "rmsle": "RMSLE",
    "msle": "MSLE",
    "median_ae": _("오차의 중앙값"),
    "max_error": _("가장 큰 오차"),
    "r2": _("결정계수 R²"),
    "explained_variance": _("설명된 분산"),
    "spearman": _("스피어만 순위상관"),
    "accuracy": _("정확도"),
    "balanced_accuracy": _("균형 정확도"),
    "precision": _("정밀도"),
    "recall": _("재현율"),
    "f1": "F1",
    "macro_precision": _("평균 정밀도"),
    "macro_recall": _("평균 재현율"),
    "macro_f1": _("평균 F1"),
    "weighted_f1": _("가중 F1"),
    "mean_iou": _("평균 IoU"),
    "matthews": _("매슈스 상관계수"),
    "kappa": _("카파 계수"),
    "quadratic_kappa": _("이차 가중 카파"),
    "auc": "AUC",
    "average_precision": _("평균 정밀도(AP)"),
    "log_loss": _("로그 손실"),
    "brier": _("브라이어 점수"),
}


def higher_is_better(metric: str) -> bool:
    return METRICS[metric].higher_is_better


def name_of(metric: str) -> Promise | str:
    """The metric's name; one that we have no words for keeps its own."""
    return NAMES.get(metric, metric)


def direction_of(metric: str) -> Promise | str:
    return _("높을수록 좋음") if higher_is_better(metric) else _("낮을수록 좋음")
