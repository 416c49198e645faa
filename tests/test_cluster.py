"""Work on other machines, as processes on this one that share nothing with it but the program."""

import logging
import os
import re
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import dask
import distributed
import pytest

from booklet import build as pipeline
from booklet import cluster as machines
from booklet import versions
from booklet.build import BuiltFile, Order, longest_booklet_first, tried_elsewhere
from booklet.cluster import _silence, cluster
from booklet.editions import SIZES, Edition
from booklet.laid_aside import Waiting, laid_aside
from booklet.making import tried
from booklet.order import plan
from booklet.parcels import Parcel, opened, packed, parcels
from booklet.post import elsewhere
from booklet.post.elsewhere import made_by, private_cluster
from booklet.problems import FaultsFound, WrongUsage
from booklet.resources import styles_folder
from booklet.workers import Elsewhere, LostJob, run_jobs
from tests.clusters import scheduler
from tests.commands.program import run
from tests.conftest import ROOT, TODAY
from tests.html.test_photographs import picture, with_figures

pytestmark = pytest.mark.xdist_group("cluster")

Made = tuple[BuiltFile, ...] | FaultsFound | LostJob


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> Order:
    """The specimen for patients, with a photograph, and with a clinic's logo."""
    folder = tmp_path_factory.mktemp("sent")
    content = Path(shutil.copytree(ROOT / "tests/specimen", folder / "content"))
    pictures = with_figures(content, "blots.jpg")
    picture(pictures / "blots.jpg", (300, 200))
    clinic = next((content / "clinics").glob("*.yaml")).stem
    wishes = (content, folder / "output", ("specimen",), ("patient",), SIZES[:1], clinic)
    return Order(*wishes, today=TODAY)


@pytest.fixture(scope="module")
def here(order: Order) -> dict[str, Made]:
    """The same files as this process makes them."""
    return {target.file_name: tried(target) for target in plan(order).targets}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """That of a scheduler with two workers."""
    with scheduler(tmp_path_factory.mktemp("cluster"), 2) as found:
        yield found


def sent(order: Order) -> Iterator[Parcel[pipeline.Target]]:
    return parcels((each, each.booklet.picture_folders) for each in plan(order).targets)


def die_amid_the_first(parcel: Parcel[pipeline.Target]) -> Made:
    """What a worker does that is killed in the middle of the first job there is."""
    marker = parcel.job.folder.parent / "one-was-killed"
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return tried_elsewhere(parcel)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@pytest.mark.slow
def test_the_same_bytes_come_back_although_a_worker_is_killed_in_mid_job(
    order: Order, here: dict[str, Made], address: str
) -> None:
    with cluster(address) as where:
        done = [*run_jobs(die_amid_the_first, sent(order), where)]
    assert (order.content / "one-was-killed").exists()
    assert {parcel.job.file_name: result for parcel, result in done} == here
    # And by the command, on the worker that is left.
    options = ["--content", order.content, "--output", order.output, "--cluster", address]
    options += ["--audience", "patient", "--size", "standard", "--clinic", order.clinic]
    ended = run("specimen", *options)
    assert (ended.returncode, ended.stderr) == (0, "")
    for result in here.values():
        assert isinstance(result, tuple)
        assert (order.output / result[0].name).read_bytes() == result[0].content


@pytest.mark.slow
def test_a_worker_with_other_versions_is_refused_by_name(
    order: Order, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = versions.version
    monkeypatch.setattr(
        versions, "version", lambda name: "69.0" if name == "weasyprint" else real(name)
    )
    versions.made_with.cache_clear()
    with pytest.raises(WrongUsage) as refused, cluster(address):
        pass
    versions.made_with.cache_clear()
    assert re.search(
        r"tcp://127\.0\.0\.1:\d+ has weasyprint 70\.0 there and 69\.0 here", str(refused.value)
    )


@pytest.mark.slow
def test_an_address_where_nobody_answers_or_works_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machines, "_PATIENCE", 1)
    done = run("build", "specimen", "--cluster", "scheduler:8786")
    assert (done.returncode, "write it like tcp://scheduler:8786" in done.stderr) == (2, True)
    with pytest.raises(WrongUsage, match="no scheduler answers"):
        cluster("tcp://127.0.0.1:9").__enter__()
    here = {"processes": False, "protocol": "tcp", "host": "127.0.0.1", "dashboard_address": ":0"}
    with distributed.LocalCluster(n_workers=0, **here) as lonely:
        assert lonely.scheduler_address.startswith("tcp://")
        with pytest.raises(WrongUsage, match="has no workers"):
            cluster(lonely.scheduler_address).__enter__()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_the_same_bytes_come_from_any_executor(
    order: Order, here: dict[str, Made], kind: str, tmp_path: Path
) -> None:
    waiting = tuple(laid_aside(plan(order).targets, tmp_path / "words"))
    pool = ThreadPoolExecutor(2) if kind == "threads" else None
    with pool or ProcessPoolExecutor(1, get_context("spawn")) as executor:
        found = [*pipeline._results(waiting, Elsewhere.on(executor))]
    assert {target.file_name: result for target, result in found} == here


def test_faults_are_told_as_at_home_with_the_lines_of_the_words(
    order: Order, tmp_path: Path
) -> None:
    target = plan(order).targets[0]
    heavy = replace(target, edition=replace(target.edition, size=replace(SIZES[0], floor=99)))
    with ThreadPoolExecutor(1) as executor:
        ((_, found),) = pipeline._results(laid_aside((heavy,), tmp_path), Elsewhere.on(executor))
    assert isinstance(found, FaultsFound)
    assert str(found) == str(tried(heavy))
    assert str(order.content) in str(found)


def test_a_bundle_is_known_by_what_is_in_it_and_where_it_lay(tmp_path: Path) -> None:
    for place in ("one/heart/pictures", "two/heart/pictures", "two/lung/pictures"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.svg").write_text("the same")
    bundles = [packed(each.parent) for each in sorted(tmp_path.rglob("a.svg"))]
    assert bundles[0] == bundles[1] != bundles[2]
    (tmp_path / "two/heart/pictures/a.svg").write_text("another")
    assert packed(tmp_path / "two/heart/pictures") != bundles[0]


def test_the_files_of_a_booklet_are_sent_together_the_longest_booklet_first() -> None:
    def waiting(booklet: str, effort: float) -> Waiting:
        edition = Edition("patient", SIZES[0])
        return Waiting(f"{booklet}-{effort}", Path(), booklet, edition, effort, Path())

    files = [waiting("short", 1), waiting("long", 2), waiting("short", 3), waiting("long", 9)]
    names = [each.file_name for each in longest_booklet_first(files)]
    assert names == ["long-9", "long-2", "short-3", "short-1"]


def test_a_parcel_brings_its_style_sheets_and_is_refused_by_other_versions(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/a.svg").write_text("a")
    (parcel,) = parcels([("job", (tmp_path / "pictures",))])
    at_home = styles_folder()
    with opened(parcel) as (folder,):
        assert (folder / "a.svg").read_text() == "a"
        assert styles_folder() != at_home
        assert packed(styles_folder()).files == packed(at_home).files
    assert styles_folder() == at_home
    other = replace(parcel, versions=parcel.versions | {"Pango": "1"})
    with pytest.raises(WrongUsage, match="Pango 1 there and"), opened(other):
        pass


@pytest.mark.slow
def test_letters_go_to_no_cluster_in_the_clear_and_to_no_worker_that_writes_to_a_disk(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WrongUsage, match="in the clear"), private_cluster(address):
        pass
    monkeypatch.setattr(elsewhere, "_TLS", ("tcp://",))
    with pytest.raises(WrongUsage, match=r"write what they hold to a disk.*tcp://"):
        private_cluster(address).__enter__()


@pytest.mark.slow
def test_what_dask_is_told_of_tls_holds(tmp_path: Path) -> None:
    one = distributed.Security.temporary()
    (tmp_path / "certificate.pem").write_text(one.tls_ca_file)
    (tmp_path / "key.pem").write_text(one.tls_scheduler_key)
    parts = [(tmp_path / each).as_posix() for each in ("certificate.pem", "key.pem")]
    told = {"ca-file": parts[0]}
    told |= {f"{who}.cert": parts[0] for who in ("scheduler", "worker", "client")}
    told |= {f"{who}.key": parts[1] for who in ("scheduler", "worker", "client")}
    env = {
        f"DASK_DISTRIBUTED__COMM__TLS__{key.upper().replace('.', '__').replace('-', '_')}": value
        for key, value in told.items()
    }
    env |= {f"DASK_DISTRIBUTED__WORKER__MEMORY__{each}": "False" for each in ("TARGET", "SPILL")}
    with scheduler(tmp_path, 1, "--protocol", "tls", **env) as address:
        assert address.startswith("tls://")
        settings = {f"distributed.comm.tls.{key}": each for key, each in told.items()}
        with dask.config.set(settings), cluster(address) as where:
            assert [*run_jobs(abs, [-1], where)] == [(-1, 1)]
        with dask.config.set(settings), private_cluster(address) as where:
            assert [*made_by(abs, [-1], where)] == [(-1, 1)]  # type: ignore[arg-type,list-item]
        with pytest.raises(WrongUsage, match="no scheduler answers at tls"):
            cluster(address).__enter__()


def test_no_part_of_dask_logs_what_people_are_told_by_us() -> None:
    _silence()
    assert not logging.getLogger("distributed.client").isEnabledFor(logging.ERROR)
