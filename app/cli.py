"""The command line: ``pincite ingest | search | ask | check | chat | corpus | eval``.

Results go to stdout, progress and messages to stderr. Exit codes: 0 done; 1 done, with findings (a line or a file had to be refused);
2 wrong usage, or nothing usable in what was given; 3 could not do it. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.settings import Settings

if TYPE_CHECKING:
    from pincite.app.llm import LanguageModel

OUT = "with --batch: write there instead; a batch that was stopped goes on after what the file has"
EXIT_DONE, EXIT_FINDINGS, EXIT_USAGE, EXIT_FAILED = 0, 1, 2, 3
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 7860


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _readable_streams()
    args = _parser().parse_args(argv)
    if args.command is None:
        _parser().print_help()
        return EXIT_USAGE
    try:
        code = _run(args)
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(f"pincite: {error}", file=sys.stderr)
        return EXIT_USAGE
    except PinciteError as error:
        print(f"pincite: {error}", file=sys.stderr)
        return EXIT_FAILED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader went away; what is left is not for anyone
        return EXIT_DONE
    except OSError as error:
        print(f"pincite: the result cannot be written: {error.strerror or error}; free space, or send it elsewhere", file=sys.stderr)
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - or Python fails once more at exit
        return EXIT_FAILED
    except KeyboardInterrupt:
        print("pincite: stopped", file=sys.stderr)
        return EXIT_FAILED


def _run(args: argparse.Namespace) -> int:
    from pincite.app import commands

    settings = _settings(args)
    if args.command == "ingest":
        return commands.ingest(settings, args.paths)
    if args.command == "search":
        return commands.search(settings, args.text, args.k, as_json=args.json)
    if args.command == "ask":
        if (args.question is None) == (args.batch is None):
            raise UsageError('give either a question, for instance pincite ask "does it help?", or --batch FILE.jsonl')
        if args.out is not None and args.batch is None:
            raise UsageError("--out belongs to --batch; the answer to one question goes to stdout")
        if args.batch is not None:
            return commands.ask_batch(settings, args.batch, _model(args), args.out)
        return commands.ask(settings, args.question, as_json=args.json, as_markdown=args.markdown, model=_model(args))
    if args.command == "check":
        return _check(settings, args)
    if args.command == "chat":
        from pincite.app.web import Serving, serve

        serving = Serving(auth=args.auth, log_questions=args.log_questions, rate=args.rate, mcp=args.mcp)
        serve(settings, args.host, args.port, open_browser=args.open, serving=serving, model=_model(args))
        return EXIT_DONE
    if args.command == "corpus":
        if args.action == "list":
            return commands.corpus_list(settings, as_json=args.json)
        if args.action == "remove":
            return commands.corpus_remove(settings, args.documents)
        if args.action == "verify":
            return commands.corpus_verify(settings, as_json=args.json)
        return commands.corpus_show(settings, args.document, as_text=args.text, as_json=args.json)
    from pincite.evals import run

    return run.main(args.rest)


def _check(settings: Settings, args: argparse.Namespace) -> int:
    if bool(args.drafts) == (args.batch is not None):
        raise UsageError("give either a draft, for instance pincite check draft.md, or --batch FILE.jsonl")
    if args.out is not None and args.batch is None:
        raise UsageError("--out belongs to --batch; a draft's report goes to stdout, or to --html, --sarif or --docx")
    if args.batch is not None:
        from pincite.app import commands

        return commands.check_batch(settings, args.batch, args.out)
    if args.accept is not None and not args.reason.strip():
        raise UsageError('--accept needs --reason "…": say why the finding is accepted')
    from pincite.app.commands.checking import Checking, check

    how = Checking(args.json, args.markdown, args.quiet, args.fail_on or (), args.html, args.sarif, args.docx, args.accept, args.reason)
    return check(settings, args.drafts, how)


def _model(args: argparse.Namespace) -> LanguageModel | None:
    """The language model that was asked for, if any."""
    name = args.model if args.model is not None else os.environ.get("PINCITE_MODEL", "")
    if not name:
        return None
    from pincite.app.llm import open_model

    return open_model(name, args.model_timeout)


def _settings(args: argparse.Namespace) -> Settings:
    settings = Settings.from_environment()
    if getattr(args, "corpus", None):
        settings = replace(settings, corpus=Path(args.corpus))
    if getattr(args, "index", None):
        settings = replace(settings, index=Path(args.index))
    if getattr(args, "doc", None):
        settings = replace(settings, docs=tuple(args.doc))
    if getattr(args, "encoder", None):
        settings = replace(settings, encoder=args.encoder)
    return settings


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    group = common.add_argument_group("what to work on")
    group.add_argument(
        "--corpus", metavar="PATH", help="folder of documents to answer from (PINCITE_CORPUS); default: the corpus that ships"
    )
    group.add_argument("--index", metavar="PATH", help="index folder (PINCITE_INDEX); default: one in your cache folder")
    group.add_argument("--doc", metavar="ID", action="append", help="only this document; may be repeated (PINCITE_DOC)")
    group.add_argument("--encoder", metavar="MODEL", help="sentence-transformers model, name or path (PINCITE_ENCODER)")

    parser = argparse.ArgumentParser(
        prog="pincite", description="Answers only from the review articles it was given, and pins every statement to its sentence."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    ingest = commands.add_parser("ingest", parents=[common], help="build or update the index")
    ingest.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders; default: the corpus that ships")

    search = commands.add_parser("search", parents=[common], help="ranked sentences for a text")
    search.add_argument("text")
    search.add_argument("-k", type=int, default=10, help="how many (default 10)")
    search.add_argument("--json", action="store_true", help="print JSON")

    models = argparse.ArgumentParser(add_help=False)
    group = models.add_argument_group("plain words from a language model, shown only where they pass the check")
    group.add_argument(
        "--model",
        metavar="NAME",
        help="provider:model (ollama:llama3.1, openai:…, anthropic:…), a server's address (http://127.0.0.1:8080/v1), or a GGUF file "
        "(PINCITE_MODEL); default: none",
    )
    group.add_argument("--model-timeout", metavar="S", type=float, default=60.0, help="seconds for a reply (default 60)")

    ask = commands.add_parser("ask", parents=[common, models], help="answer a question, every statement with its sentence")
    ask.add_argument("question", nargs="?")
    ask.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        help='questions, {"id", "question", "history"} a line; - is standard input; answers are JSON, a line each',
    )
    ask.add_argument("--out", type=Path, metavar="FILE", help=OUT)
    form = ask.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the answer as JSON (pincite.answer/1)")
    form.add_argument("--markdown", action="store_true", help="print the answer as Markdown")

    check = commands.add_parser("check", parents=[common], help="check a draft: every claim, every citation, every quotation")
    check.add_argument("drafts", nargs="*", metavar="FILE", help="text, Markdown or .docx; - is standard input")
    check.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        help='claims, {"id", "claim"} a line, with a "text" to be judged against that alone; results are JSON',
    )
    check.add_argument("--out", type=Path, metavar="FILE", help=OUT)
    form = check.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON (pincite.draft/1)")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    form.add_argument("-q", "--quiet", action="store_true", help="print only what is wrong")
    check.add_argument("--html", type=Path, metavar="FILE", help="also write a page that opens offline")
    check.add_argument("--sarif", type=Path, metavar="FILE", help="also write SARIF, for editors and CI; - prints it and nothing else")
    check.add_argument("--docx", type=Path, metavar="FILE", help="also write a copy of the Word draft with comments")
    check.add_argument(
        "--fail-on", action="append", metavar="NAMES", help="what makes the exit code 1, commas between, or none; default: anything wrong"
    )
    check.add_argument("--accept", metavar="TEXT", help="accept the finding with this text, for --reason; kept in a file beside the draft")
    check.add_argument("--reason", default="", metavar="WHY", help="why the finding is accepted")

    chat = commands.add_parser("chat", parents=[common, models], help="open the web page")
    chat.add_argument("--host", default=DEFAULT_HOST, help=f"address to listen on (default {DEFAULT_HOST}: this machine only)")
    chat.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"port (default {DEFAULT_PORT})")
    chat.add_argument("--open", action="store_true", help="open it in the browser")
    chat.add_argument("--auth", type=Path, metavar="FILE", help="only these users: name:password a line, in a file that others cannot read")
    chat.add_argument("--rate", type=int, default=30, metavar="N", help="questions a minute from one address (default 30; 0 is no limit)")
    chat.add_argument("--log-questions", action="store_true", help="write the text of questions to the log; without it, never")
    chat.add_argument("--mcp", action="store_true", help="also serve the Model Context Protocol, at /gradio_api/mcp/")

    corpus = commands.add_parser("corpus", help="what is in the corpus")
    actions = corpus.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", parents=[common], help="the documents")
    listing.add_argument("--json", action="store_true", help="print JSON")
    show = actions.add_parser("show", parents=[common], help="one document, its sentences numbered")
    show.add_argument("document", metavar="DOC")
    show.add_argument("--text", action="store_true", help="the canonical text alone, whose code points the offsets count")
    show.add_argument("--json", action="store_true", help="print JSON")
    remove = actions.add_parser("remove", parents=[common], help="take documents out of the index; their files stay")
    remove.add_argument("documents", nargs="+", metavar="DOC")
    verify = actions.add_parser("verify", parents=[common], help="hold every sentence of the index against the files it came from")
    verify.add_argument("--json", action="store_true", help="print JSON")

    # Its options are its own parser's: with no prefix that one could type, all of them are taken as they are.
    evals = commands.add_parser("eval", help="evaluation: run sets, report, compare, benchmarks", add_help=False, prefix_chars="\0")
    evals.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from pincite.app.version import version

        print(f"pincite {version()}")
        parser.exit()


def _readable_streams() -> None:
    """Text that the terminal cannot show must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
