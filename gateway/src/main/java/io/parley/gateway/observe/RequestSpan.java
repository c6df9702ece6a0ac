package io.parley.gateway.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.parley.gateway.http.RequestId;
import io.parley.kernel.telemetry.Traces;
import io.vertx.core.http.HttpServerRequest;

/** The span of a request, which continues the client's trace if there is one. Its trace id is the request's id. */
final class RequestSpan {
    /** @param isHealth checks of health have no span, because machines ask for them all the time */
    static Span start(HttpServerRequest request, boolean isHealth) {
        var span = isHealth ? Span.getInvalid() : recorded(request);
        var known = span.getSpanContext().isValid() ? span : Span.wrap(Traces.local(RequestId.of(request)));
        Traces.enter(known.getSpanContext());
        return known;
    }

    private static Span recorded(HttpServerRequest request) {
        if (!Traces.areRecorded()) return Span.getInvalid();
        var name = ExchangeMeters.method(request.method());
        var parent = Traces.read(request.headers());
        return parent.isValid()
                ? Traces.start(name, SpanKind.SERVER, parent)
                : Traces.startFirst(name, SpanKind.SERVER, RequestId.of(request));
    }

    static void end(Span span, Exchange exchange) {
        if (!span.isRecording()) return;
        var method = ExchangeMeters.method(exchange.request().method());
        var endpoint = exchange.endpoint();
        span.updateName(method + ' ' + endpoint.route())
                .setAttribute("http.request.method", method)
                .setAttribute("http.route", endpoint.route())
                .setAttribute("http.response.status_code", exchange.status())
                .setAttribute("parley.operation", endpoint.operation());
        if (exchange.status() >= 500) span.setStatus(StatusCode.ERROR);
        span.end();
    }

    private RequestSpan() {}
}
