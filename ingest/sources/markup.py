"""XML, parsed so that nothing outside of the file is ever opened: no DTD, no entity, no network."""

from __future__ import annotations

import html.entities
from typing import Any, TypeAlias

Element: TypeAlias = Any
"""An lxml element; lxml brings no types."""


def parse_xml(data: bytes) -> Element:
    """The root element.

    Raises:
        ValueError: it is not well-formed, or refers to an entity that is not a named character.
    """
    from lxml import etree

    # Without entities to resolve, neither a file nor a bomb of entities can come in through one.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root: Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"is not well-formed XML: {error.msg}" if error.msg else "is not well-formed XML") from error
    entity: Any = etree.Entity
    for node in root.iter(entity):
        if node.name not in html.entities.name2codepoint and f"{node.name};" not in html.entities.html5:
            raise ValueError(f"refers to the entity &{node.name[:60]};, which is not resolved: entities are never read from elsewhere")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def entity_text(node: Element) -> str:
    """The character that a named entity stands for."""
    return html.entities.html5.get(f"{node.name};", "")


def all_text(element: Element | None) -> str:
    """All text below an element, white space single; "" for None."""
    if element is None:
        return ""
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts).split())


def _gather(element: Element, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _gather(child, parts)
        else:
            parts.append(entity_text(child))
        parts.append(child.tail or "")
