from __future__ import annotations

import os

import pytest

from tests.ops.installations import Installation, Makers


@pytest.fixture(scope="session")
def makers(tmp_path_factory: pytest.TempPathFactory) -> Makers:
    return Makers(tmp_path_factory.mktemp("ops"), os.environ.get("DATABASE_URL", ""))


@pytest.fixture
def empty(makers: Makers) -> Installation:
    """An installation that has never been started."""
    return makers.empty()


@pytest.fixture
def installation(makers: Makers) -> Installation:
    """An installation of this version with the site “demo”."""
    return makers.migrated()


@pytest.fixture
def filled(makers: Makers) -> Installation:
    """An installation with comments, votes and a picture, and a backup of them: one.tar.gz."""
    return makers.filled()
