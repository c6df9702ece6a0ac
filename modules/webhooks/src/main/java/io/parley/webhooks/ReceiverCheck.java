package io.parley.webhooks;

import io.parley.kernel.Problem;
import io.parley.kernel.outbound.OutboundFailure;
import io.parley.kernel.outbound.OutboundFailure.Reason;
import io.parley.kernel.outbound.OutboundHttp;
import io.parley.webhooks.delivery.ReceiverUrl;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Refuses what must not be called when it is set. It is checked again before each request, because names may lead elsewhere later. */
final class ReceiverCheck {
    /** A name that cannot be looked up now may be later. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OutboundHttp http;
    private final WebhookSettings settings;

    ReceiverCheck(OutboundHttp http, WebhookSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    /** Fails invalid. */
    Future<Void> check(String url) {
        return http.resolve(ReceiverUrl.check(url, settings.allowPrivate()).getHost())
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .<Void>mapEmpty()
                .recover(failure -> isRefused(failure)
                        ? Future.failedFuture(Problem.invalid("/url", "leads to an address that must not be called"))
                        : Future.succeededFuture());
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof OutboundFailure outbound && outbound.reason() == Reason.ADDRESS_REFUSED;
    }
}
