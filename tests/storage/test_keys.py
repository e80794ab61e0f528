"""Keys: made in advance, wrapped, rotated, destroyed; nothing opens anywhere else."""

from pathlib import Path

import pytest

from storage import keys as key_store
from storage.errors import GoneError, MissingKeyError, SealError
from storage.ids import made_at, new_ids
from storage.keys import KeyStore
from storage.master import MasterKey
from storage.sealing import Sealer
from tests.storage.places import Place


@pytest.fixture
def keys(place: Place) -> KeyStore:
    return KeyStore(place.keys_url, place.master)


def _reopened(place: Place) -> KeyStore:
    return KeyStore(place.keys_url, place.master)


def test_a_key_is_there_for_others_before_it_is_used(place: Place, keys: KeyStore) -> None:
    number, sealer = keys.spare()
    sealed = sealer.seal("transcript|body|1|1", "말".encode())

    other = _reopened(place)
    opened = other.sealer(number).open("transcript|body|1|1", sealed)
    other.close()
    keys.close()

    assert opened.decode() == "말"


def test_keys_that_nobody_used_do_not_stay(place: Place, keys: KeyStore) -> None:
    used = {keys.spare()[0] for _ in range(3)}
    keys.close()

    other = _reopened(place)
    assert {row[0] for row in other.dump()[1]} == used
    other.close()


def test_a_destroyed_key_is_gone(place: Place, keys: KeyStore) -> None:
    number, _ = keys.spare()
    keys.shred([number])

    with pytest.raises(GoneError):
        keys.sealer(number)
    other = _reopened(place)
    with pytest.raises(GoneError):
        other.sealer(number)
    other.close()
    keys.close()


def test_hashes_and_verifiers_are_the_same_tomorrow(place: Place, keys: KeyStore) -> None:
    other = _reopened(place)

    assert keys.hash("telegram", "17") == other.hash("telegram", "17")
    assert keys.hash("telegram", "17") != keys.hash("telegram1", "7")
    assert keys.verifier(b"salt", "word") == other.verifier(b"salt", "word")
    assert keys.verifier(b"salt", "word") != keys.verifier(b"tlas", "word")
    other.close()
    keys.close()


def test_after_a_rotation_only_the_new_master_key_opens(place: Place, keys: KeyStore) -> None:
    numbers = [keys.spare()[0] for _ in range(300)]
    before = keys.hash("telegram", "17")
    both = place.master.next()

    assert keys.rotate(both) >= 300
    assert keys.rotate(both) == 0
    keys.close()

    opened = KeyStore(place.keys_url, both.newest())
    assert len(opened.sealers(numbers)) == 300
    assert opened.hash("telegram", "17") == before
    opened.close()
    with pytest.raises(MissingKeyError, match="not the master key"):
        _reopened(place)


def test_a_rotation_that_was_killed_halfway_goes_on(place: Place, keys: KeyStore) -> None:
    old = keys.spare()[0]
    both = place.master.next()
    keys.close()
    halfway = KeyStore(place.keys_url, both)
    new = halfway.spare()[0]

    assert set(halfway.sealers([old, new])) == {old, new}
    assert halfway.rotate(both) >= 1
    halfway.close()
    opened = KeyStore(place.keys_url, both.newest())
    assert set(opened.sealers([old, new])) == {old, new}
    opened.close()


def test_few_keys_are_at_hand_and_not_for_long(
    keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_store, "CACHED", 10)
    numbers = [keys.spare()[0] for _ in range(30)]

    assert len(keys.sealers(numbers)) == 30
    monkeypatch.setattr(key_store, "CACHE_SECONDS", -1.0)
    assert len(keys.sealers(numbers)) == 30
    keys.close()


def test_a_ciphertext_opens_only_where_it_was_written() -> None:
    sealer, another = Sealer(bytes(32)), Sealer(bytes(31) + b"\1")
    place = "transcript|body|1|2"
    sealed = sealer.seal(place, b"word")

    for wrong in (
        *("transcript|body|1|3", "transcript|body|2|2"),
        *("transcript|state|1|2", "conversation|body|1|2"),
    ):
        with pytest.raises(SealError):
            sealer.open(wrong, sealed)
    with pytest.raises(SealError):
        another.open(place, sealed)
    assert sealer.seal(place, b"word") != sealed


def test_a_ciphertext_with_any_byte_altered_does_not_open() -> None:
    sealer = Sealer(bytes(32))
    sealed = sealer.seal("a|b|1|1", b"a word of hers")

    for at in range(len(sealed)):
        altered = bytearray(sealed)
        altered[at] ^= 1
        with pytest.raises(SealError):
            sealer.open("a|b|1|1", bytes(altered))
    for length in range(len(sealed)):
        with pytest.raises(SealError):
            sealer.open("a|b|1|1", sealed[:length])


def test_ids_are_near_when_they_are_made_together() -> None:
    one, other = new_ids(), new_ids()

    assert len(one) == 256
    assert not set(one) & set(other)
    assert 0 < one[0] < 2**63
    assert made_at(one[0]) == made_at(one[-1])


def test_a_master_key_is_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    made = MasterKey.create(path)

    assert path.stat().st_mode & 0o777 == 0o400
    wrapped = made.wrap("key|1", bytes(32))
    assert MasterKey.load(path).unwrap("key|1", 1, wrapped) == bytes(32)
    assert "key" not in repr(made).lower().replace("masterkey", "")
    with pytest.raises(FileExistsError):
        MasterKey.create(path)
    path.chmod(0o644)
    with pytest.raises(MissingKeyError, match="chmod 400"):
        MasterKey.load(path)


def test_a_changed_master_key_file_holds_both(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    both = MasterKey.create(path).next()
    both.save(path)

    loaded = MasterKey.load(path)

    assert loaded.epoch == 2
    assert loaded.unwrap("key|1", 2, both.wrap("key|1", bytes(32))) == bytes(32)
    assert path.stat().st_mode & 0o777 == 0o400


@pytest.mark.parametrize("content", ["", "gyeot master key 1\n", "gyeot master key 1\n1 AAAA\n"])
def test_what_is_no_master_key_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "master.key"
    with pytest.raises(MissingKeyError, match="gyeot key new"):
        MasterKey.load(path)

    path.write_text(content)
    path.chmod(0o400)

    with pytest.raises(MissingKeyError, match="gyeot key new"):
        MasterKey.load(path)
