"""JSON doors: meters, readings, common costs, taking a whole run back."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from billing.charges.api import measured_serializers as serializers
from billing.charges.queries.meters import MeterFilter, meter_of_reading, meter_rows, meters
from billing.charges.queries.pools import share_lines, shares
from billing.charges.rules.pools import Band, Method
from billing.charges.rules.pricing import to_micro
from billing.charges.rules.readings import ReadingKind
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission
from values.period import Period


class Meters(ApiView):
    """Meters in walking order; put one in."""

    permission = Permission.TARIFF_SEE
    write_permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Meters with their newest readings",
        parameters=[serializers.MeterQuery],
        responses=serializers.Meter(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(serializers.MeterQuery(data=request.query_params))
        wanted = MeterFilter(
            community_id=asked.get("community"),
            fee_item_id=asked.get("fee_item"),
            unit_id=asked.get("unit"),
            removed=asked["removed"],
        )
        paginator = self.pagination_class()
        page: Any = paginator.paginate_queryset(meters(wanted), request, view=self)
        return paginator.get_paginated_response(serializers.Meter(meter_rows(page), many=True).data)

    @extend_schema(
        summary="Put in a meter", request=serializers.NewMeter, responses={201: serializers.MeterCard}
    )
    def post(self, request: Request) -> Response:
        asked = valid(serializers.NewMeter(data=request.data))
        meter_id = services.add_meter(
            unit_id=asked["unit"],
            fee_item_id=asked["fee_item"],
            installed_on=asked["installed_on"],
            meter=_dial(asked),
        )
        return _card(meter_id, status.HTTP_201_CREATED)


class Meter(ApiView):
    """One meter."""

    permission = Permission.TARIFF_SEE

    @extend_schema(summary="A meter with its readings", responses=serializers.MeterCard)
    def get(self, request: Request, meter_id: int) -> Response:
        return _card(meter_id)


class ChangeMeter(ApiView):
    """Take a meter out."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Take a meter out, or change it for another",
        request=serializers.TakeOut,
        responses=serializers.MeterCard,
    )
    def post(self, request: Request, meter_id: int) -> Response:
        queries.meter_card(meter_id)
        asked = valid(serializers.TakeOut(data=request.data))
        if asked["new"] is None:
            services.remove_meter(meter_id=meter_id, on=asked["on"], end_milli=asked["end"])
            return _card(meter_id)
        made = services.change_meter(
            meter_id=meter_id, on=asked["on"], end_milli=asked["end"], meter=_dial(asked["new"])
        )
        return _card(made)


class Readings(ApiView):
    """Readings, many at once."""

    permission = Permission.METER_READ

    @extend_schema(
        summary="Enter readings; each is taken or refused by itself",
        request=serializers.NewReadings,
        responses=serializers.Entered,
    )
    def post(self, request: Request) -> Response:
        asked = valid(serializers.NewReadings(data=request.data))
        done = services.enter_readings([_reading(one) for one in asked["readings"]], today=clock.today())
        refused = [
            {
                "meter": no.reading.meter_id,
                "read_on": no.reading.read_on,
                "code": no.fault.why.code,
                "params": no.fault.why.params,
                "may_insist": no.fault.may_insist,
            }
            for no in done.refused
        ]
        return Response(serializers.Entered({"taken": done.taken, "refused": refused}).data)


class CorrectReading(ApiView):
    """Another value in a reading's place."""

    permission = Permission.METER_READ

    @extend_schema(
        summary="Correct a reading; the old row stays",
        request=serializers.Correction,
        responses={201: serializers.Corrected},
    )
    def post(self, request: Request, reading_id: int) -> Response:
        meter_of_reading(reading_id)
        asked = valid(serializers.Correction(data=request.data))
        made = services.correct_reading(reading_id=reading_id, milli=asked["value"], reason=asked["reason"])
        return Response({"reading": made}, status=status.HTTP_201_CREATED)


class Pools(ApiView):
    """Common costs."""

    permission = Permission.TARIFF_SEE
    write_permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Common costs, the newest first",
        parameters=[serializers.PoolQuery],
        responses=serializers.Pool(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(serializers.PoolQuery(data=request.query_params))
        paginator = self.pagination_class()
        page: Any = paginator.paginate_queryset(queries.pools(asked.get("community")), request, view=self)
        return paginator.get_paginated_response(serializers.Pool(queries.pool_rows(page), many=True).data)

    @extend_schema(
        summary="Enter a common cost", request=serializers.NewPool, responses={201: serializers.PoolCard}
    )
    def post(self, request: Request) -> Response:
        asked = valid(serializers.NewPool(data=request.data))
        if asked["last_on"] < asked["from_on"]:
            raise exceptions.ValidationError({"last_on": ["The last day lies before the first."]})
        pool_id = services.enter_pool(community_id=asked["community"], pool=_pool(asked))
        return Response(serializers.PoolCard(queries.pool_row(pool_id)).data, status=status.HTTP_201_CREATED)


class Pool(ApiView):
    """One common cost."""

    permission = Permission.TARIFF_SEE

    @extend_schema(summary="A common cost", responses=serializers.PoolCard)
    def get(self, request: Request, pool_id: int) -> Response:
        return Response(serializers.PoolCard(queries.pool_row(pool_id)).data)


class PoolShares(ApiView):
    """Everybody's share, without names."""

    permission = Permission.TARIFF_SEE

    @extend_schema(
        summary="The shares of a common cost that was put before somebody, without names",
        responses=serializers.PoolShare(many=True),
    )
    def get(self, request: Request, pool_id: int) -> Response:
        pool = queries.pool_row(pool_id)
        paginator = self.pagination_class()
        page: Any = paginator.paginate_queryset(shares(pool_id), request, view=self)
        lines = share_lines(page, pool.method)
        return paginator.get_paginated_response(serializers.PoolShare(lines, many=True).data)


class AskPool(ApiView):
    """Put a common cost before somebody else."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Ask somebody else to agree", request=None, responses={201: serializers.ShareAsked}
    )
    def post(self, request: Request, pool_id: int) -> Response:
        approval_id = services.ask_pool(pool_id=pool_id, by=self.staff, at=clock.now())
        return Response({"approval": approval_id}, status=status.HTTP_201_CREATED)


class WithdrawPool(ApiView):
    """Take a common cost back."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Take back a common cost that no bill stands on",
        request=serializers.Reason,
        responses=serializers.PoolCard,
    )
    def post(self, request: Request, pool_id: int) -> Response:
        queries.pool_row(pool_id)
        asked = valid(serializers.Reason(data=request.data))
        services.withdraw_pool(pool_id=pool_id, reason=asked["reason"], on=clock.today())
        return Response(serializers.PoolCard(queries.pool_row(pool_id)).data)


class AskCancel(ApiView):
    """Ask to take a run back."""

    permission = Permission.BILL_RUN

    @extend_schema(
        summary="Ask somebody else to agree that a whole run is taken back",
        request=serializers.Reason,
        responses={201: serializers.ShareAsked},
    )
    def post(self, request: Request, run_id: int) -> Response:
        queries.run_detail(run_id)
        asked = valid(serializers.Reason(data=request.data))
        approval_id = services.ask_cancel(
            run_id=run_id, reason=asked["reason"], by=self.staff, at=clock.now()
        )
        return Response({"approval": approval_id}, status=status.HTTP_201_CREATED)


class CancelRun(ApiView):
    """Take a run back."""

    permission = Permission.BILL_RUN

    @extend_schema(
        summary="Take all bills of a run back, once somebody agreed",
        request=None,
        responses=serializers.Cancelled,
    )
    def post(self, request: Request, run_id: int) -> Response:
        return Response({"bills": services.cancel_run(run_id=run_id, on=clock.today())})


def _card(meter_id: int, code: int = status.HTTP_200_OK) -> Response:
    return Response(serializers.MeterCard(queries.meter_card(meter_id)).data, status=code)


def _dial(asked: dict[str, Any]) -> services.NewMeter:
    return services.NewMeter(
        serial=asked["serial"],
        start_milli=asked["start"],
        digits=asked["digits"],
        multiplier=asked["multiplier"],
        people=asked["people"],
        place=asked["place"],
    )


def _reading(asked: dict[str, Any]) -> services.NewReading:
    kind = ReadingKind.ESTIMATED if asked["is_estimated"] else ReadingKind.READ
    return services.NewReading(
        asked["meter"], asked["read_on"], asked["value"], kind, is_sure=asked["is_sure"]
    )


def _pool(asked: dict[str, Any]) -> services.NewPool:
    price = asked["price"]
    return services.NewPool(
        name=asked["name"],
        fee_item_id=asked["fee_item"],
        period=Period.inclusive(asked["from_on"], asked["last_on"]),
        method=Method(asked["method"]),
        document=asked["document"],
        amount_fen=asked["amount"],
        usage_milli=asked["usage"] or None,
        price_micro=to_micro(price) if price else None,
        measure=asked["measure"],
        building_id=asked["building"],
        kinds=tuple(asked["kinds"]),
        excluded=tuple(asked["excluded"]),
        floors=tuple(Band(one["from_floor"], one["to_floor"], one["milli"]) for one in asked["floors"]),
    )
