package io.parley.webhooks.delivery;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.outbound.OutboundAnswer;
import io.parley.kernel.outbound.OutboundFailure;
import io.parley.kernel.outbound.OutboundFailure.Reason;
import io.parley.kernel.outbound.OutboundHttp;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Sends events as Standard Webhooks describe it. */
public final class Sender {
    private final OutboundHttp http;
    private final boolean allowPrivate;
    private final Clock clock;

    public Sender(OutboundHttp http, boolean allowPrivate, Clock clock) {
        this.http = http;
        this.allowPrivate = allowPrivate;
        this.clock = clock;
    }

    /** Never fails. */
    Future<Outcome> send(String url, List<Secret> secrets, Delivery delivery) {
        return Future.succeededFuture(url)
                .map(text -> ReceiverUrl.check(text, allowPrivate))
                .compose(checked -> send(checked, secrets, delivery))
                .map(answer -> Outcome.answered(answer.status()))
                .otherwise(failure -> Outcome.failed(reason(failure)));
    }

    private Future<OutboundAnswer> send(URI url, List<Secret> secrets, Delivery delivery) {
        long timestamp = clock.instant().getEpochSecond();
        var body = delivery.body();
        var headers = Map.of(
                "Content-Type", "application/json",
                "User-Agent", "Parley",
                "webhook-id", delivery.id().toString(),
                "webhook-timestamp", String.valueOf(timestamp),
                "webhook-signature", Signature.of(secrets, delivery.id(), timestamp, body));
        return http.send(HttpMethod.POST, url, headers, body);
    }

    private static Reason reason(Throwable failure) {
        if (failure instanceof OutboundFailure outbound) return outbound.reason();
        // What was permitted when it was set need not be any more.
        return failure instanceof Problem ? Reason.ADDRESS_REFUSED : Reason.CONNECTION_FAILED;
    }
}
