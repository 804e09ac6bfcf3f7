"""JSON doors of templates: what messages and papers say, a new version, and trying one out."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from notices import services
from notices.documents.render import SHEETS
from notices.queries import texts as queries
from notices.rules import texts as rules
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission
from tenancy.people.words import sentence

_KINDS = sorted({kind for kind, _channel in rules.DEFAULTS})
_CHANNELS = ("SMS", "EMAIL")


class TextRow(serializers.Serializer):
    """A text that holds. A paper's wording is the product's: `edition` names it and it has no id.

    `version` 0 is the standard text of the product, which nobody changed yet.
    """

    template = serializers.IntegerField(source="template_id", allow_null=True)
    kind = serializers.CharField()
    channel = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)
    edition = serializers.CharField(allow_blank=True)
    since = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_blank=True)


class TextVersion(serializers.Serializer):
    """One version of a message's text."""

    template = serializers.IntegerField(source="template_id")
    kind = serializers.CharField()
    channel = serializers.CharField()
    version = serializers.IntegerField()
    subject = serializers.CharField(allow_blank=True)
    body = serializers.CharField()
    is_active = serializers.BooleanField()
    since = serializers.DateTimeField()
    by = serializers.CharField(allow_blank=True)


class Field(serializers.Serializer):
    """A field that the text may use; `is_required`: it must."""

    name = serializers.CharField()
    example = serializers.CharField()
    is_required = serializers.BooleanField()


class TextDetail(serializers.Serializer):
    """A version with the fields of its text and all its versions, the newest first."""

    text = TextVersion()
    fields_allowed = Field(many=True)
    versions = TextVersion(many=True)


class TextIn(serializers.Serializer):
    """A text to try out."""

    kind = serializers.ChoiceField(_KINDS)
    channel = serializers.ChoiceField(_CHANNELS)
    subject = serializers.CharField(max_length=400, allow_blank=True, default="")
    body = serializers.CharField(max_length=10_000)


class NewText(TextIn):
    """A new version; `based_on`: the version it was made from, to be refused when another came between."""

    based_on = serializers.IntegerField(
        min_value=0, max_value=32_767, required=False, allow_null=True, default=None
    )


class Problem(serializers.Serializer):
    """Why a text cannot be saved."""

    field = serializers.CharField()
    code = serializers.CharField(source="because.code")
    params = serializers.DictField(source="because.params")
    detail = serializers.SerializerMethodField()

    def get_detail(self, problem: rules.Problem) -> str:
        """The same in words."""
        return sentence(problem.because)


class Tried(serializers.Serializer):
    """The text filled with an example, null where it cannot be; `chars` and `parts`: what an SMS costs."""

    subject = serializers.CharField(allow_null=True)
    body = serializers.CharField(allow_null=True)
    chars = serializers.IntegerField(allow_null=True)
    parts = serializers.IntegerField(allow_null=True)
    problems = Problem(many=True)


class Templates(ApiView):
    """What holds now, and a new version."""

    permission = Permission.NOTICE_SEE
    write_permission = Permission.TEMPLATE_EDIT

    @extend_schema(summary="Every text that holds, messages and papers", responses=TextRow(many=True))
    def get(self, request: Request) -> Response:
        messages: list[Any] = [row._asdict() | {"edition": ""} for row in queries.active_texts()]
        nobody = {"template_id": None, "version": None, "since": None, "by": ""}
        papers = [
            nobody | {"kind": kind, "channel": "PAPER", "edition": sheet.edition}
            for kind, sheet in SHEETS.items()
        ]
        return self.paginated([*messages, *papers], TextRow, request)

    @extend_schema(
        summary="A new version of a message's text; refused with what must not be said",
        request=NewText,
        responses={201: TextVersion},
    )
    def post(self, request: Request) -> Response:
        made = services.revise_template(**_valid(NewText, request))
        return Response(TextVersion(queries.text_version(made.pk)).data, status=status.HTTP_201_CREATED)


class Template(ApiView):
    """One version."""

    permission = Permission.NOTICE_SEE

    @extend_schema(summary="A version of a text, its fields and its other versions", responses=TextDetail)
    def get(self, request: Request, template_id: int) -> Response:
        text = queries.text_version(template_id)
        detail = {
            "text": text,
            "fields_allowed": queries.fields_of(text.kind),
            "versions": queries.versions_of(text.kind, text.channel),
        }
        return Response(TextDetail(detail).data)


class Preview(ApiView):
    """Try a text out; nothing is saved."""

    permission = Permission.TEMPLATE_EDIT

    @extend_schema(
        summary="A text filled with an example, and every reason not to save it",
        request=TextIn,
        responses=Tried,
    )
    def post(self, request: Request) -> Response:
        asked = _valid(TextIn, request)
        kind, channel = asked["kind"], asked["channel"]
        text = rules.Text(asked["subject"], asked["body"])
        tried = rules.try_out(text, channel=channel, fields=queries.example_fields(kind))
        length = tried.length if tried else None
        answer = {
            "subject": tried.subject if tried else None,
            "body": tried.body if tried else None,
            "chars": length.chars if length else None,
            "parts": length.parts if length else None,
            "problems": rules.problems(kind, channel, text),
        }
        return Response(Tried(answer).data)


def _valid(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)
