"""Columns guessed by words of other languages and by what stands in them."""

from __future__ import annotations

import pytest

from prodops.connectors.feedback_table.names import FIELDS
from prodops.serve.intake.guessing import WORDS, guessed
from prodops.serve.intake.headers import unknown_table

TABLES = {
    "German": ("Vorgangsnummer;Eingegangen am;Überschrift;Rückmeldung;Lage;Geschlossen am",
        "id created title text status closed"),
    "French": ("Référence;Créé le;Objet;Commentaire;État;Résolu le",
        "id created title text status solved"),
    "Spanish": ("Folio;Creado el;Título;Descripción;Estado;Cerrado el",
        "id created title text status closed"),
    "Portuguese": ("Protocolo;Criado em;Assunto;Descrição;Situação;Encerrado em",
        "id created title text status closed"),
    "Japanese": ("管理番号;受付日;件名;内容;対応状況;解決日",
        "id created title text status solved"),
}  # fmt: skip


@pytest.mark.parametrize("language", list(TABLES))
def test_headers_of_a_language_are_guessed(language: str) -> None:
    names, fields = TABLES[language]
    header = names.split(";")
    assert dict(zip(fields.split(), header, strict=True)) == guessed(header, [], {})


def test_what_stands_in_columns_is_guessed_where_their_names_say_nothing() -> None:
    header = ["a", "b", "c", "d"]
    rows = [
        ["K-1", "2026-09-01", "ann@corp.example", "The export stops after the first page of rows"],
        ["K-2", "2026-09-02", "ben@corp.example", "Please let us sort the list by its newest entry"],
        ["K-3", "", "cem@corp.example", "It takes long"],
    ]
    assert {"id": "a", "created": "b", "author": "c", "text": "d"} == guessed(header, rows, {})


def test_what_is_known_stays_and_a_column_means_one_thing() -> None:
    found = guessed(["Eingang", "Erstellt am"], [["2026-09-01", "2026-09-01"]], {"updated": "Erstellt am"})
    assert {"updated": "Erstellt am", "created": "Eingang"} == found
    assert {} == guessed(["x", ""], [["1", "y"], ["1", "z"]], {})


def test_a_number_is_no_day_and_every_field_can_be_mapped() -> None:
    assert "created" not in guessed(["x"], [["20260901"], ["20260902"]], {})
    assert set(WORDS) <= set(FIELDS)


def test_a_guess_fills_in_the_form_and_reads_nothing() -> None:
    table = unknown_table("odd.csv", b"Nr;Eingang;Wunsch;Lage\n1;2026-09-01 10:00;Dark mode;offen\n")
    assert table is not None
    told = {one.field: one.guess for one in table.questions if one.guess}
    assert {"id": "Nr", "created": "Eingang", "title": "Wunsch", "status": "Lage"}.items() <= told.items()
