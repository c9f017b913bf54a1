"""Many files are counted as one, whatever the columns are kept as, and nothing of them is left out silently."""

from __future__ import annotations

import gzip
import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many import by_pandas, many_cases
from pyarrow import parquet

from closing_lib.outcomes import add, save_tally, tally
from closing_lib.outcomes.asks import asks
from closing_lib.outcomes.counting.query import connected
from closing_lib.outcomes.vocabulary import OWN_KEYS, WORDS
from closing_lib.records import OutcomeLog, sample_log
from closing_lib.records.backup import export_log

SMALL = ["band", "used", "outcome", "weeks"]
lines = st.fixed_dictionaries(
    {name: st.sampled_from([None, *WORDS[name]]) for name in ("band", "used", "outcome")}
    | {"weeks": st.one_of(st.none(), st.integers(0, 5), st.just(9999))}
)
tables = st.lists(lines, max_size=30).map(lambda rows: pd.DataFrame(rows, columns=SMALL))


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other)


class TestCounting:
    @given(tables, st.permutations(SMALL), st.integers(1, 4))
    @settings(max_examples=40)
    def test_gives_what_pandas_gives(self, found: pd.DataFrame, order: list[str], columns: int) -> None:
        same(tally(found, by=order[:columns]), by_pandas(found, order[:columns]))

    def test_gives_what_pandas_gives_for_many_and_all_columns(self) -> None:
        found = many_cases(5_000)
        for by in (OWN_KEYS, OWN_KEYS[:5], ["weeks"], ["thanks", "score"], OWN_KEYS[::-1]):
            same(tally(found, by=by), by_pandas(found, by))

    def test_takes_a_column_n_as_how_many_each_line_counts(self) -> None:
        found = pd.DataFrame({"used": ["bold", "mild", "bold", None], "n": [3, 2, 10**11, 0]})
        assert tally(found).to_dict("list") == {"used": ["mild", "bold"], "n": [2, 10**11 + 3]}
        t = tally(sample_log())
        same(tally(t), t)
        same(tally(t, by=["used"]), tally(sample_log(), by=["used"]))

    @given(tables, st.lists(st.integers(0, 30), max_size=4), st.randoms())
    @settings(max_examples=8)
    def test_does_not_depend_on_the_files_or_their_order(
        self, tmp_path_factory: pytest.TempPathFactory, found: pd.DataFrame, cuts: list[int], random: object
    ) -> None:
        folder = tmp_path_factory.mktemp("files")
        ends = [0, *sorted(min(cut, len(found)) for cut in cuts), len(found)]
        parts = [found.iloc[low:high] for low, high in itertools.pairwise(ends)]
        paths = [folder / f"{number}.{'csv' if number % 2 else 'parquet'}" for number in range(len(parts))]
        for part, path in zip(parts, paths, strict=True):
            written = tally(part) if len(part) % 3 == 0 else part  # some are tallies already
            written = written.assign(**{f"of {path.name}": 1})  # no two have the same bytes
            written.to_csv(path, index=False) if path.suffix == ".csv" else written.to_parquet(path, index=False)
        whole = tally(found)
        same(tally(paths, by=SMALL), whole)
        same(tally(paths), add(tally(part) for part in parts) if len(parts) > 1 else whole)
        random.shuffle(paths)
        same(tally(paths, by=SMALL), whole)


COLUMNS: dict[str, Callable[[pd.DataFrame], pa.Table | pd.DataFrame]] = {
    "words": lambda t: t.astype({name: "str" for name in WORDS if name in t}),
    "objects": lambda t: t.astype({name: "object" for name in WORDS if name in t}),
    "categories in another order": lambda t: t.assign(
        band=t["band"].cat.reorder_categories(["well", "poor", "unsure"]), used=t["used"].cat.add_categories("unused")
    ),
    "floats": lambda t: t.astype({"weeks": "float64", "score": "float32"}),
    "small numbers": lambda t: t.astype({"weeks": "Int8", "score": "UInt16"}),
    "numbers as words": lambda t: t.astype({"weeks": "Int64"}).astype({"weeks": "str"}),
    "numbers as categories": lambda t: t.astype({"weeks": "category"}),
    "large strings": lambda t: pa.Table.from_pandas(t.astype({"band": "str"})).cast(
        pa.schema([(name, pa.large_string() if name in WORDS else pa.int16()) for name in t])
    ),
    "and others": lambda t: t.assign(company="Invented", applied_on=pd.Timestamp("2026-11-02")),
}


class TestAColumn:
    @pytest.mark.parametrize("kept", COLUMNS)
    def test_counts_the_same_whatever_it_is_kept_as(self, tmp_path: Path, kept: str) -> None:
        found = many_cases(500)
        given = COLUMNS[kept](found)
        table = given if isinstance(given, pa.Table) else pa.Table.from_pandas(given, preserve_index=False)
        parquet.write_table(table, tmp_path / "cases.parquet", row_group_size=100)
        expected = by_pandas(found, OWN_KEYS)
        same(tally(tmp_path / "cases.parquet"), expected)
        if isinstance(given, pd.DataFrame):
            same(tally(given), expected)

    @pytest.mark.parametrize(("mark", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8")])
    def test_is_read_from_csv_as_programs_write_it(self, tmp_path: Path, mark: str, encoding: str) -> None:
        found = many_cases(500).assign(notes='said "no,\nthank you"; or so')
        found.to_csv(tmp_path / "cases.csv", sep=mark, encoding=encoding)
        same(tally(str(tmp_path / "*.csv")), by_pandas(found, OWN_KEYS))
        found.to_csv(tmp_path / "cases.csv", sep=mark, encoding=encoding, na_rep="NaN", lineterminator="\r\n")
        same(tally(str(tmp_path / "*.csv")), by_pandas(found, OWN_KEYS))

    @pytest.mark.parametrize(
        ("name", "wrong", "told"),
        [
            ("band", ["well", "great"], "band 'great' is not known; choose one of poor, unsure, well"),
            ("weeks", [1.0, 2.5], "weeks 2.5 cannot be counted; write a whole number from 0 to 9999"),
            ("weeks", [-1, 2], "weeks -1 cannot be counted"),
            ("score", [1, 11], "score 11 cannot be counted; write a whole number from 0 to 10"),
            ("weeks", ["1", "soon"], "'soon'"),
            ("n", [1, -1], "n -1 cannot be counted"),
            ("n", [1, None], "n is missing in a line"),
        ],
    )
    @pytest.mark.parametrize("kind", ["csv", "parquet"])
    def test_with_what_is_not_known_is_refused_with_its_file(
        self, tmp_path: Path, name: str, wrong: list[object], told: str, kind: str
    ) -> None:
        found = pd.DataFrame({"used": ["bold", "mild"], name: wrong})
        with pytest.raises(ValueError, match=told):
            tally(found)
        path = tmp_path / f"second.{kind}"
        found.to_csv(path, index=False) if kind == "csv" else found.to_parquet(path)
        with pytest.raises(ValueError, match=rf"second\.{kind}"):
            tally(path)

    def test_that_only_some_files_have_is_left_out_with_a_word(self, tmp_path: Path) -> None:
        pd.DataFrame({"used": ["bold"], "weeks": [1]}).to_csv(tmp_path / "a.csv", index=False)
        pd.DataFrame({"used": ["bold"]}).to_csv(tmp_path / "b.csv", index=False)
        with pytest.warns(UserWarning, match=r"Not all the files have weeks \(.*b.csv, for one\).*only by used"):
            t = tally(str(tmp_path / "*.csv"))
        assert t.to_dict("list") == {"person": [0, 1], "used": ["bold", "bold"], "n": [1, 1]}
        same(tally(str(tmp_path / "*.csv"), by=["person", "used"]), t)
        assert tally(str(tmp_path / "*.csv"), by=["used"]).to_dict("list") == {"used": ["bold"], "n": [2]}
        with pytest.raises(ValueError, match=r"b.csv has no column “weeks”.*choose from used"):
            tally(str(tmp_path / "*.csv"), by=["used", "weeks"])


class TestLogs:
    def test_of_many_people_in_a_folder_are_counted(self, tmp_path: Path) -> None:
        logs = [sample_log(tmp_path / f"person_{number}.sqlite") for number in range(3)]
        save_tally(tally(logs[0]), tmp_path / "shared.csv")
        OutcomeLog(tmp_path / "empty.sqlite")
        whole = tally([tmp_path / "*.sqlite", tmp_path / "shared.csv"])
        same(whole, add([tally(logs[0])] * 4))
        same(tally(asks(logs[0]), by=OWN_KEYS), tally(logs[0]))


class TestFiles:
    def test_are_counted_once_however_often_they_are_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "logs" / "[a].csv"
        path.parent.mkdir()
        pd.DataFrame({"used": ["bold"]}).to_csv(path, index=False)
        monkeypatch.chdir(path.parent)
        for what in ("[a].csv", "../logs/*.csv", "*.csv", ["*.csv", path, "../**/*.csv"], tmp_path / "**" / "*.csv"):
            assert tally(what)["n"].tolist() == [1]

    def test_say_how_far_they_are(self, tmp_path: Path) -> None:
        found = many_cases(1000)
        found.to_parquet(tmp_path / "large.parquet", row_group_size=30)
        told: list[tuple[int, int]] = []
        same(
            tally(tmp_path / "large.parquet", progress=lambda *so_far: told.append(so_far)), by_pandas(found, OWN_KEYS)
        )
        assert told[-1] == (1000, 1000)
        assert told == sorted({*told})

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("broken.parquet", b"PAR1 and no more", "broken.parquet can’t be read .*save that file again"),
            ("empty.csv", b"", "empty.csv has none of the columns"),
            ("utf16.csv", "used\nbold\n".encode("utf-16"), "utf16.csv can’t be read"),
            ("other.csv", b"company,role\nAcme,Analyst\n", "other.csv has none of the columns that are counted"),
            ("no_log.sqlite", b"no database" * 100, "no_log.sqlite"),
            ("notes.docx", b"", r"notes.docx isn’t a kind of file .*\.parquet"),
            ("ragged.csv", b"used,weeks\nbold,1\nmild\n", "ragged.csv can’t be read"),
        ],
    )
    def test_that_cannot_be_read_are_named_and_nothing_is_counted(
        self, tmp_path: Path, name: str, content: bytes, told: str
    ) -> None:
        pd.DataFrame({"used": ["bold"]}).to_csv(tmp_path / "good.csv", index=False)
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ValueError, match=told) as error:
            tally([tmp_path / "good.csv", tmp_path / name], by=["used"])
        assert "\n" not in str(error.value)

    def test_that_are_not_there_are_said_so(self, tmp_path: Path) -> None:
        for nothing in ("*.parquet", "a.csv"):
            with pytest.raises(ValueError, match="No file matches"):
                tally(tmp_path / nothing)
        with pytest.raises(ValueError, match="is a folder; say which of its files you mean"):
            tally(tmp_path)
        with pytest.raises(ValueError, match="No file matches"):
            tally([])
        with pytest.raises(ValueError, match="no engine 'spark'; choose one of pandas, dask"):
            tally(tmp_path, engine="spark")

    def test_cut_short_anywhere_are_never_counted_in_part(self, tmp_path: Path) -> None:
        many_cases(200).to_parquet(tmp_path / "whole.parquet")
        whole = (tmp_path / "whole.parquet").read_bytes()
        for length in np.linspace(0, len(whole) - 1, 40).astype(int):
            (tmp_path / "cut.parquet").write_bytes(whole[:length])
            with pytest.raises(ValueError, match=r"cut\.parquet can’t be read"):
                tally(tmp_path / "cut.parquet")


class TestASharedTally:
    @pytest.mark.parametrize("name", ["mine.csv", "mine.parquet"])
    def test_comes_back_as_it_was(self, tmp_path: Path, name: str) -> None:
        t = tally(sample_log())
        told = save_tally(t, tmp_path / name)
        same(tally(tmp_path / name), t)
        alone = int((t["n"] == 1).sum())
        assert told.startswith(f"Lines in {name}: {len(t)}. Interviews counted: {t['n'].sum()}.")
        assert f"Lines with just one interview: {alone}." in told
        assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == [name]

    def test_can_tell_less(self, tmp_path: Path) -> None:
        told = save_tally(pd.DataFrame({"used": ["bold", "mild"], "weeks": [1, 2], "n": [2, 3]}), tmp_path / "a.csv")
        assert "just one interview" not in told
        save_tally(tally(sample_log()), tmp_path / "a.csv", by=["outcome"])
        same(tally(tmp_path / "a.csv"), tally(sample_log(), by=["outcome"]))

    def test_holds_nothing_else(self, tmp_path: Path) -> None:
        t = tally(sample_log())
        with pytest.raises(ValueError, match="'company' does not belong in a tally"):
            save_tally(t.assign(company="Acme"), tmp_path / "a.csv")
        with pytest.raises(ValueError, match="no column n"):
            save_tally(asks(sample_log()), tmp_path / "a.csv")
        with pytest.raises(ValueError, match=r"cannot be written to 'a.xlsx'; give a name that ends in .csv"):
            save_tally(t, tmp_path / "a.xlsx")
        assert not [path for path in tmp_path.iterdir() if path.is_file()]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_exports_of_logs_count_as_the_logs_do(tmp_path: Path, ending: str) -> None:
    logs = [sample_log(), sample_log()]
    for number, log in enumerate(logs):
        export_log(log, tmp_path / f"{number}.{ending}")
    expected = add([tally(log) for log in logs])
    same(tally(f"{tmp_path}/*.{ending}"), expected)


def test_somebody_elses_log_is_counted_and_left_as_it_is(tmp_path: Path) -> None:
    old = Path(__file__).parents[1] / "records" / "formats" / "1.sqlite.gz"
    path = tmp_path / "theirs.sqlite"
    path.write_bytes(gzip.decompress(old.read_bytes()))
    before = path.read_bytes()
    assert tally(path)["n"].sum() > 0
    assert path.read_bytes() == before
    assert [*tmp_path.iterdir()] == [path]


class TestColumns:
    @pytest.mark.parametrize("heading", ["band, n", "band,N", "Band,n", "band,n,n"])
    def test_that_are_written_otherwise_or_twice_are_refused(self, tmp_path: Path, heading: str) -> None:
        path = tmp_path / "one.csv"
        path.write_text(f"{heading}\nwell,3,3\n" if heading.count(",") > 1 else f"{heading}\nwell,3\n")
        with pytest.raises(ValueError, match=r"one\.csv: (A column is called|There are two columns called n)"):
            tally(path)

    def test_so_in_a_parquet_file(self, tmp_path: Path) -> None:
        table = pa.table([["well"], ["poor"], [3]], names=["band", "band", "n"])
        parquet.write_table(table, tmp_path / "one.parquet")
        with pytest.raises(ValueError, match=r"one\.parquet: There are two columns called band"):
            tally(tmp_path / "one.parquet")

    def test_that_hold_lists_are_refused(self, tmp_path: Path) -> None:
        parquet.write_table(pa.table({"used": [["bold"]], "outcome": ["offer"]}), tmp_path / "one.parquet")
        with pytest.raises(ValueError, match=r"one\.parquet: The column used has lists"):
            tally(tmp_path / "one.parquet")


class TestPeople:
    """Each file is a person, unless it says itself whose its lines are."""

    def test_are_numbered_in_the_order_of_their_files(self, tmp_path: Path) -> None:
        for number, used in enumerate(["bold", "mild", "bold"]):
            pd.DataFrame({"used": [used], "n": [number + 1]}).to_csv(tmp_path / f"{number}.csv", index=False)
        files = [tmp_path / f"{number}.csv" for number in (2, 0, 1)]
        expected = {"person": [0, 1, 2], "used": ["bold", "bold", "mild"], "n": [3, 1, 2]}
        assert tally(files).to_dict("list") == expected
        assert tally(files)["person"].dtype == "Int64"
        assert tally(files, by=["used"]).to_dict("list") == {"used": ["mild", "bold"], "n": [2, 4]}
        assert tally(files, by=["used", "person"])["person"].tolist() == [2, 0, 1]
        assert tally(files[:1]).to_dict("list") == {"used": ["bold"], "n": [3]}
        with pytest.raises(ValueError, match=r"2\.csv has no column “person”"):
            tally(files[:1], by=["person", "used"])

    def test_that_a_file_tells_apart_stay_apart(self, tmp_path: Path) -> None:
        room = pd.DataFrame({"person": [7, 3, 7, None], "used": ["bold", "mild", "bold", "mild"], "n": [1, 2, 3, 4]})
        room.to_parquet(tmp_path / "a.parquet")
        pd.DataFrame({"used": ["bold"], "person": [7], "n": [5]}).to_csv(tmp_path / "b.csv", index=False)
        (tmp_path / "c.csv").write_text("used\nbold\n")
        same(tally(tmp_path / "a.parquet"), tally(room))
        whole = tally([tmp_path / "a.parquet", tmp_path / "b.csv", tmp_path / "c.csv"])
        assert whole.to_dict("list") == {
            "person": [0, 1, 2, 3, 4],
            "used": ["mild", "bold", "mild", "bold", "bold"],
            "n": [2, 4, 4, 5, 1],
        }
        same(whole, add([room, pd.read_csv(tmp_path / "b.csv"), pd.DataFrame({"used": ["bold"], "n": [1]})]))

    def test_of_a_file_of_one_have_a_number_only_where_it_is_asked_for(self, tmp_path: Path) -> None:
        pd.DataFrame({"person": [2**40 + 1], "used": ["bold"], "n": [1]}).to_csv(tmp_path / "a.csv", index=False)
        assert tally(tmp_path / "a.csv").to_dict("list") == {"used": ["bold"], "n": [1]}
        assert tally(tmp_path / "a.csv", by=["person"]).to_dict("list") == {"person": [2**40 + 1], "n": [1]}

    @pytest.mark.parametrize("by", [None, ["used"]])
    def test_with_a_mark_in_two_files_count_once_from_the_fuller_one(
        self, tmp_path: Path, by: list[str] | None
    ) -> None:
        mark, other = 2**50 + 12_345, 2**50 + 12_346
        early = pd.DataFrame({"person": [mark, other], "used": ["bold", "mild"], "n": [3, 1]})
        late = pd.DataFrame({"person": [mark] * 2, "used": ["bold", "mild"], "n": [3, 2]})
        early.to_csv(tmp_path / "early.csv", index=False)
        late.to_parquet(tmp_path / "late.parquet")
        with pytest.warns(UserWarning, match=r"Someone in \S*early\.csv is also in another file.* left out: 1\."):
            t = tally([tmp_path / "early.csv", tmp_path / "late.parquet"], by=by)
        if by is None:
            assert t.to_dict("list") == {"person": [0, 1, 1], "used": ["mild", "mild", "bold"], "n": [1, 2, 3]}
            with pytest.warns(UserWarning, match="Someone in 1 is also"):
                same(add([early, late]), t)
        else:
            assert t.to_dict("list") == {"used": ["mild", "bold"], "n": [3, 3]}

    def test_who_sent_the_same_file_twice_count_once(self, tmp_path: Path) -> None:
        for name in ("a.csv", "b.csv"):
            (tmp_path / name).write_text("used,n\nbold,3\n")
        with pytest.warns(UserWarning, match=r"b\.csv has exactly the same contents as another file"):
            t = tally(tmp_path / "*.csv")
        assert t.to_dict("list") == {"used": ["bold"], "n": [3]}

    def test_share_a_month_only_where_it_is_asked_for(self, tmp_path: Path) -> None:
        pd.DataFrame({"used": ["bold"] * 2, "month": [202610, 202611]}).to_csv(tmp_path / "a.csv", index=False)
        assert tally(tmp_path / "a.csv").to_dict("list") == {"used": ["bold"], "n": [2]}
        assert tally(tmp_path / "a.csv", by=["month"]).to_dict("list") == {"month": [202610, 202611], "n": [1, 1]}


class TestCsv:
    """What is easily read otherwise, or left out."""

    @pytest.mark.parametrize(
        ("content", "n"),
        [
            (b"used\nbold\n\n\nmild\n\n", [1, 1]),  # empty lines are none
            (b'used\nbold\n""\nmild\n', [1, 1, 1]),  # one that says that nothing is there is
            (b"used,n\nbold,1\n\nmild,2\n", [2, 1]),
            (b"used,n\r\nbold,1\r\nmild,2", [2, 1]),
            (b"n,used\n 2 , bold\n", "used ' bold' is not known"),
            (b'used,x\nbold,"a ""b"", c\nd"\n', [1]),
            (b'used,x\nbold,"1"\nbold,"1', "is opened and never closed"),
            (b"used,x\nbold,1,2\n", "can\u2019t be read"),
            (b"used,x\nbold\n", "can\u2019t be read"),
            (b"used\nbold\xff\n", "can\u2019t be read"),
            (b"used,n\nbold,true\n", "n 'true' cannot be counted"),
            (b"used,n\nbold,1e3\n", [1000]),
            (b"used,n\nbold,\n", "n is missing in a line"),
        ],
    )
    def test_is_counted_whole_or_not_at_all(self, tmp_path: Path, content: bytes, n: list[int] | str) -> None:
        (tmp_path / "a.csv").write_bytes(content)
        if isinstance(n, list):
            assert tally(tmp_path / "a.csv")["n"].tolist() == n
        else:
            with pytest.raises(ValueError, match=n) as refused:
                tally(tmp_path / "a.csv")
            assert "a.csv" in str(refused.value)
            assert "\n" not in str(refused.value)


class TestNames:
    @pytest.mark.parametrize("name", ["'); DROP TABLE x; --", '"', "*", "a?", "[ab]", "{a,b}", "$paths", "used=mild"])
    @pytest.mark.parametrize("ending", ["csv", "parquet"])
    def test_of_files_and_columns_are_only_names(self, tmp_path: Path, name: str, ending: str) -> None:
        hive = tmp_path / "used=mild"
        hive.mkdir()
        others = pd.DataFrame({"used": ["mild"], "n": [100]})
        for other in ("a", "b", "ab", "x"):
            others.to_parquet(hive / f"{other}.parquet")
            others.to_csv(hive / f"{other}.csv", index=False)
        found = pd.DataFrame({"used": ["bold"], name: ["x"], "n": [2]})
        path = hive / f"{name}.{ending}"
        found.to_csv(path, index=False) if ending == "csv" else found.to_parquet(path)
        assert tally(path).to_dict("list") == {"used": ["bold"], "n": [2]}
        assert sorted(one.name for one in tmp_path.iterdir()) == ["used=mild"]

    def test_of_folders_may_hold_brackets_where_files_are_matched(self, tmp_path: Path) -> None:
        folder = tmp_path / "room [1]"
        folder.mkdir()
        for name in ("one.csv", "two.csv"):
            (folder / name).write_text(f"band,n,{name}\nwell,3,\n")
        assert tally(f"{folder}/*.csv")["n"].tolist() == [3, 3]

    @pytest.mark.parametrize("name", ["x" * 5000 + ".csv", "~nobody-of-this-name/x.csv"])
    def test_that_cannot_be_are_one_sentence(self, name: str) -> None:
        with pytest.raises(ValueError, match=r"can’t be read|No file matches"):
            tally(name)


def test_the_database_reaches_no_other_file_and_no_network(tmp_path: Path) -> None:
    given, other = tmp_path / "given.csv", tmp_path / "other.csv"
    for path in (given, other):
        path.write_text("used\nbold\n")
    with connected([given]) as database:
        assert len(database.execute("FROM read_csv(?)", [str(given)]).fetchall()) == 1
        for query in (
            f"FROM read_csv('{other}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'new.csv'}'",
            f"ATTACH '{tmp_path / 'new.db'}'",
            "FROM read_csv('http://127.0.0.1:9/a.csv')",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET enable_external_access = true",
            "SET memory_limit = '100GB'",
        ):
            with pytest.raises(duckdb.Error):
                database.execute(query)
    assert {path.name for path in tmp_path.iterdir()} == {"given.csv", "other.csv"}


def test_what_does_not_fit_the_memory_is_put_aside_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("closing_lib.outcomes.counting.query.MEMORY", "48MB")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    (tmp_path / "passing").mkdir()
    draw = np.random.default_rng(1)
    found = pd.DataFrame({"person": np.arange(1_500_000), "weeks": draw.integers(0, 9_999, 1_500_000)})
    found.to_parquet(tmp_path / "a.parquet")
    t = tally(tmp_path / "a.parquet")
    assert (len(t), t["n"].sum()) == (1_500_000, 1_500_000)
    assert [*(tmp_path / "passing").iterdir()] == []


WITHOUT = """
import sys
for name in ("pyarrow", "duckdb", "dask", "distributed", "statsmodels"):
    sys.modules[name] = None
import closing_lib as cl
t = cl.tally(cl.sample_log())
assert cl.outcomes.add([t, t])["n"].sum() == 2 * t["n"].sum()
path = sys.argv[1] + "/mine.csv"
cl.outcomes.save_tally(t, path)
import pandas as pd
assert cl.tally(pd.read_csv(path)).equals(t)
try:
    cl.tally(path)
except ValueError as error:
    print(error)
"""


def test_of_one_person_needs_what_a_browser_has_and_no_more(tmp_path: Path) -> None:
    run = [sys.executable, "-c", WITHOUT, str(tmp_path)]
    environment = os.environ | {"CLOSING_LANG": "en", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(run, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Counting files needs DuckDB, which isn’t installed here. Read the file with pandas")
