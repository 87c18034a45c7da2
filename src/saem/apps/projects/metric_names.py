"""What each metric is called and which way it is good, in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.lib.grading import Measure
from saem.web.languages import reader_language

NAMES: dict[str, Promise | str] = {
    "rmse": "RMSE",
    "mse": "MSE",
    "mae": "MAE",
    "mape": "MAPE",
    "smape": "sMAPE",
    "wape": "WAPE",
    "rmsle": "RMSLE",
    "msle": "MSLE",
    "median_ae": _("오차의 중앙값"),
    "max_error": _("가장 큰 오차"),
    "r2": _("결정계수 R²"),
    "explained_variance": _("설명된 분산"),
    "pearson": _("피어슨 상관계수"),
    "spearman": _("스피어만 순위상관"),
    "accuracy": _("정확도"),
    "balanced_accuracy": _("균형 정확도"),
    "precision": _("정밀도"),
    "recall": _("재현율"),
    "specificity": _("특이도"),
    "f1": "F1",
    "f2": "F2",
    "macro_precision": _("평균 정밀도"),
    "macro_recall": _("평균 재현율"),
    "macro_f1": _("평균 F1"),
    "weighted_precision": _("가중 정밀도"),
    "weighted_recall": _("가중 재현율"),
    "weighted_f1": _("가중 F1"),
    "iou": "IoU",
    "dice": _("다이스 계수"),
    "mean_dice": _("평균 다이스 계수"),
    "mean_iou": _("평균 IoU"),
    "matthews": _("매슈스 상관계수"),
    "kappa": _("카파 계수"),
    "quadratic_kappa": _("이차 가중 카파"),
    "auc": "AUC",
    "average_precision": _("평균 정밀도(AP)"),
    "log_loss": _("로그 손실"),
    "brier": _("브라이어 점수"),
    "ndcg": "NDCG",
    "map": "MAP",
    "mrr": "MRR",
}


def name_of(metric: Measure) -> Promise | str:
    """The metric's name; an author's own has the author's words, and one that we have no words for keeps its own."""
    if metric.words:
        return metric.words[reader_language()]
    ranked, at, most = metric.partition("@")
    return NAMES.get(metric) or (f"{NAMES[ranked]}@{most}" if at and ranked in NAMES else str(metric))


def direction_of(metric: Measure) -> Promise | str:
    return _("높을수록 좋음") if metric.higher_is_better else _("낮을수록 좋음")
