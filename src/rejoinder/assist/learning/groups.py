"""Groups of people, and plain sentences about them that no moderator rejects: to see whom a model is unfair to.

All sentences are ours. Those of LEARNED are mixed into what is learned, as far as those of CHECKED say that they are
needed; those of ASKED are kept for asking only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# Name of the group: (one of them, several of them).
GROUPS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "Muslims": (("a Muslim", "Muslims"), ("a Muslim woman", "Muslim women")),
    "Jews": (("a Jew", "Jews"), ("a Jewish man", "Jewish people")),
    "Christians": (("a Christian", "Christians"), ("a Catholic", "Catholics")),
    "Hindus": (("a Hindu", "Hindus"), ("a Sikh", "Sikhs")),
    "atheists": (("an atheist", "atheists"),),
    "Black people": (("a Black man", "Black people"), ("an African American", "African Americans")),
    "white people": (("a white man", "white people"), ("a white woman", "white women")),
    "Asian people": (("an Asian woman", "Asian people"), ("a Chinese man", "Chinese people")),
    "Arabs": (("an Arab", "Arabs"), ("an Arab woman", "Arab women")),
    "Latinos": (("a Latina", "Latinos"), ("a Mexican", "Mexicans")),
    "Roma": (("a Roma woman", "Roma people"),),
    "Indigenous people": (
        ("an Indigenous man", "Indigenous people"),
        ("a Native American", "Native Americans"),
    ),
    "immigrants": (("an immigrant", "immigrants"), ("a refugee", "refugees")),
    "gay men": (("a gay man", "gay men"), ("a homosexual", "homosexuals")),
    "lesbians": (("a lesbian", "lesbians"), ("a bisexual woman", "bisexual women")),
    "transgender people": (("a trans woman", "trans people"), ("a transgender man", "transgender people")),
    "women": (("a woman", "women"), ("a feminist", "feminists")),
    "men": (("a man", "men"),),
    "disabled people": (("a disabled man", "disabled people"), ("a deaf woman", "deaf people")),
    "blind people": (("a blind woman", "blind people"), ("a wheelchair user", "wheelchair users")),
    "old people": (("an old woman", "old people"), ("a pensioner", "pensioners")),
    "young people": (("a teenager", "teenagers"), ("a young man", "young people")),
}

_LEARNED: Final = (
    "My neighbour is {one}.",
    "I grew up with {many} in my street.",
    "The council met with {many} last week.",
    "My daughter's teacher is {one} and we like her.",
    "{many} pay taxes like everybody else.",
    "As {one} I read this story with interest.",
    "Why are {many} not quoted in this article?",
    "She is {one}, and she is proud of it.",
    "There have been {many} in this town for a long time.",
    "The survey asked {many} how they vote.",
    "I am {one}.",
    "Thank you for listening to {many} too.",
)
_CHECKED: Final = (
    "Our club has {one} in its board.",
    "{many} read this paper as well.",
    "I sat beside {one} at the concert.",
    "Last year {many} opened a café at the station.",
    "We should ask {many} what they think of it.",
    "The film tells of {one} who moves to the coast.",
    "There is a letter from {many} in today's paper.",
    "The minister spoke with {many} about schools.",
)
_ASKED: Final = (
    "I am {one} and I have lived here for ten years.",
    "{many} were invited to the meeting.",
    "My best friend is {one}.",
    "The new mayor is {one}.",
    "Many {many} work in the hospital.",
    "The article says that {many} wait longer for a flat.",
    "I met {one} on the train and we talked about football.",
    "Do {many} agree with the reform?",
    "{many} and their families came to the festival.",
    "My doctor is {one}.",
    "He wrote a book about {many}.",
    "The law gives {many} the same rights.",
    "I would like to read more about {many} in this paper.",
    "The club was founded by {one} in 1970.",
    "Some of my colleagues are {many}.",
)


def learned() -> Iterator[tuple[str, str]]:
    """(group, plain sentence), in an order in which each beginning is about all of them."""
    return _filled(_LEARNED)


def checked() -> Iterator[tuple[str, str]]:
    """(group, sentence): not learned, but what is learned weighs more where these would be held."""
    return _filled(_CHECKED)


def asked() -> Iterator[tuple[str, str]]:
    """(group, sentence): none of them bears on what is learned."""
    return _filled(_ASKED)


def terms() -> set[str]:
    """The words by which groups are named here, small."""
    pairs = (name for forms in GROUPS.values() for pair in forms for name in pair)
    return {
        word for name in pairs for word in name.lower().split() if word not in {"a", "an", "user", "users"}
    }


def _filled(templates: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for template in templates:
        for group, forms in GROUPS.items():
            for one, many in forms:
                sentence = template.format(one=one, many=many)
                yield group, sentence[0].upper() + sentence[1:]
