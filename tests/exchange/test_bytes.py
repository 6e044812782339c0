"""What a round costs inside TLS when there is little to say; `python -m bench year` tells the same after a year."""

from pathlib import Path

from rig.over_https import OfficeOverHttps
from rig.world import BONGKUDAI_UTARA, LaptopRig, RigEnv


def test_a_round_with_little_to_say_is_one_request_of_a_few_hundred_bytes(tmp_path: Path) -> None:
    office = OfficeOverHttps(tmp_path / "office", RigEnv("office"))
    account = office.account("Deddy", "field_officer")
    office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
    laptop = LaptopRig(tmp_path / "laptop", RigEnv("laptop"), office, account, office.line(RigEnv("line")))
    campaign = laptop.store.put("campaign", {"name": "Semula"})
    laptop.sync()
    line = office.line(RigEnv("small"))
    laptop.hang_up()
    laptop.line = line
    told = []
    for name in ("", "", "Satu", "Dua"):
        if name:
            laptop.store.put("campaign", {"name": name}, campaign)
        before = line.bytes_sent + line.bytes_received
        assert laptop.sync().requests == 1
        told.append(line.bytes_sent + line.bytes_received - before)
    laptop.close()
    office.close()
    fresh, kept, *changed = told
    assert max(fresh, kept) <= 400, told
    assert max(changed) <= 600, told
