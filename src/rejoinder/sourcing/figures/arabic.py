"""Words of figures: Arabic."""

from __future__ import annotations

from rejoinder.sourcing.figures.vocabulary import HUNDREDS, MILLIONS, TENS, THOUSANDS, Vocabulary

ARABIC = Vocabulary(
    numbers={
        "واحد": 1,
        "واحدة": 1,
        "اثنان": 2,
        "اثنين": 2,
        "اثنا": 2,
        "اثني": 2,
        **{
            word: number
            for number, both in enumerate(["ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"], 3)
            for word in (both, both + "ة")
        },
        "ثماني": 8,
        "ثمانية": 8,
        **{
            stem + ending: 10 * number
            for number, stem in enumerate(["عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"], 2)
            for ending in ("ون", "ين")
        },
    },
    scales={
        "مئة": 100,
        "مائة": 100,
        "مئتان": 200,
        "مئتين": 200,
        "مئتي": 200,
        "مائتين": 200,
        "مائتي": 200,
        "الف": 1000,
        "الفا": 1000,
        "الفان": 2000,
        "الفين": 2000,
        "الفي": 2000,
        "الاف": 1000,
        "مليون": 10**6,
        "مليونا": 10**6,
        "مليوني": 2 * 10**6,
        "مليونين": 2 * 10**6,
        "ملايين": 10**6,
        "مليار": 10**9,
        "مليارات": 10**9,
    },
    vague={"عشرات": TENS, "مئات": HUNDREDS, "الاف": THOUSANDS, "ملايين": MILLIONS},
    rough={},
    several=frozenset({"عدة", "بضعة", "بضع"}),
    least=("على الاقل", "ما لا يقل عن", "لا يقل عن", "اكثر من", "ازيد من", "يزيد على", "يزيد عن", "فوق"),
    most=(
        "على الاكثر",
        "ما لا يزيد على",
        "لا يزيد عن",
        "لا يتجاوز",
        "اقل من",
        "حتى",
        "ما يصل الى",
        "نحو الى",
    ),
    about=("نحو", "حوالي", "قرابة", "زهاء", "ما يقارب", "ما يقرب من", "تقريبا", "قريبا من"),
    to=frozenset({"الى", "-", "او"}),
    between={"بين": "و", "مابين": "و"},
    joins=frozenset({"و"}),
    skips=frozenset({"من"}),
    grouping=",.٬ ",
)
