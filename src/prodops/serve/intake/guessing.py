"""What the columns of an unknown table may mean, by words of other languages and by what stands in them.

A guess only fills in a form: a table is read once a person has confirmed it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from prodops.text.moments import MomentError, parse_day, parse_moment
from prodops.text.words import fold

MOST = 0.8
"""Share of the filled cells of a column that must look alike."""

SENTENCE = 25
"""Characters from which the cells of a column are sentences, on average."""

_WORDS = """
created: eingang, eingegangen am, erstellt am, angelegt am, gemeldet am, zeitstempel, cree le, date de
    creation, recu le, ouvert le, horodateur, fecha de creacion, creado el, creada el, recibido el, marca
    temporal, abierto el, data de criacao, criado em, criada em, recebido em, aberto em, carimbo de data
    hora, data, 作成日, 作成日時, 受付日, 受信日, 登録日, 日時, タイムスタンプ
first_answer: erste antwort, erstantwort am, beantwortet am, premiere reponse, repondu le, primera
    respuesta, respondido el, primeira resposta, respondido em, 初回返信, 回答日, 返信日
decided: entschieden am, decide le, date de decision, decidido el, decidido em, data da decisao, 決定日
decision: entscheidung, entscheid, decision prise, decision tomada, decisao, 決定, 判断
solved: geloest am, erledigt am, behoben am, resolu le, resuelto el, resolvido em, 解決日, 完了日
closed: geschlossen am, abgeschlossen am, ferme le, clos le, cerrado el, fechado em, encerrado em,
    クローズ日, 終了日
updated: geaendert am, aktualisiert am, modifie le, mis a jour le, actualizado el, modificado el,
    atualizado em, 更新日, 更新日時
id: nr, nummer, ticketnummer, vorgang, vorgangsnummer, kennung, numero, n, no, reference, numero de
    ticket, folio, codigo, protocolo, chamado, 番号, 管理番号, チケット番号
title: titel, ueberschrift, wunsch, thema der anfrage, titre, objet, sujet, titulo, assunto, 件名,
    タイトル, 題名
text: text, beschreibung, inhalt, kommentar, rueckmeldung, anliegen, freitext, texte, contenu,
    commentaire, avis, texto, descripcion, comentario, mensaje, opinion, descricao, mensagem, 内容, 本文,
    コメント, ご意見, 意見, 説明
status: lage, zustand, stand, statut, etat, estado, situacao, situacion, 状態, ステータス, 対応状況
author: name, absender, kunde, melder, verfasser, e mail, auteur, demandeur, expediteur, courriel, autor,
    remitente, solicitante, correo, correo electronico, remetente, cliente, 氏名, 名前, お名前, 投稿者,
    メールアドレス
company: firma, unternehmen, kundenname, societe, entreprise, client, empresa, compania, organizacion,
    会社, 会社名, 企業名
channel: kanal, quelle, herkunft, canal, origine, fuente, origen, origem, fonte, 経路, チャネル
product: produkt, anwendung, bereich, produit, producto, produto, 製品, 製品名, サービス
topic: kategorie, thema, art, categorie, theme, categoria, tema, tipo, カテゴリ, 分類, 種別
tags: schlagworte, stichworte, etiquettes, mots cles, etiquetas, タグ
"""
"""One field a paragraph, without accents; German, French, Spanish, Portuguese and Japanese."""

_NOT_WORDS = re.compile(r"[\W_]+")
_KEY = re.compile(r"[\w./#-]{1,24}")


def _read(words: str) -> Mapping[str, frozenset[str]]:
    paragraphs = " ".join(words.split("\n    ")).strip().splitlines()
    pairs = (paragraph.partition(": ") for paragraph in paragraphs)
    return {field: frozenset(_plain(one) for one in names.split(", ")) for field, _, names in pairs}


def _plain(text: str) -> str:
    """Words as they are compared: without case, accents and signs; ö as oe is."""
    spelt = fold(text).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(sign))
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFC", bare)).strip()


WORDS = _read(_WORDS)


def guessed(header: Sequence[str], rows: Sequence[Sequence[str]], known: Mapping[str, str]) -> dict[str, str]:
    """The column that each field may be in, beside those that are known.

    Args:
        header: The table's columns.
        rows: Some of its rows.
        known: What is guessed already: field to column.
    """
    found = dict(known)
    free = [name for name in header if name.strip() and name not in found.values()]

    def take(field: str, fits: Callable[[str], bool]) -> None:
        column = next((name for name in free if fits(name)), None) if field not in found else None
        if column is not None:
            found[field] = column
            free.remove(column)

    for field, words in WORDS.items():
        take(field, partial(_called, words))
    cells = {name: _column(rows, place) for place, name in enumerate(header)}
    take("created", lambda name: _mostly(cells[name], _is_moment))
    take("author", lambda name: _mostly(cells[name], lambda cell: "@" in cell and " " not in cell))
    longest = max(free, key=lambda name: _length(cells[name]), default="")
    take("text", lambda name: name == longest and _length(cells[name]) >= SENTENCE)
    take("id", lambda name: _is_key(cells[name]))
    return found


def _called(words: frozenset[str], name: str) -> bool:
    return _plain(name) in words


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in rows if place < len(row) and row[place].strip()]


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(fits, cells)) >= MOST * len(cells)


def _length(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _is_key(cells: Sequence[str]) -> bool:
    """Whether each cell is a short word that stands once, with a digit in it."""
    alone = len(cells) > 1 and len(set(cells)) == len(cells)
    return alone and all(_KEY.fullmatch(cell) and any(map(str.isdigit, cell)) for cell in cells)


def _is_moment(cell: str) -> bool:
    if cell.isdigit():  # a number may be anything
        return False
    for read in (parse_day, parse_moment):
        try:
            read(cell)
        except (MomentError, ValueError):
            continue
        return True
    return False
