package io.parley.gateway.observe;

import io.vertx.core.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each request, with the names of the Elastic Common Schema. The query is left out, because it has search words. */
final class AccessLog {
    private static final Logger log = LoggerFactory.getLogger("access");

    static void write(Exchange exchange) {
        if (!log.isInfoEnabled()) return;
        var request = exchange.request();
        var path = String.valueOf(request.path());
        long nanos = exchange.nanos();
        var line = log.atInfo()
                .addKeyValue("http.request.method", request.method().name())
                .addKeyValue("url.path", path)
                .addKeyValue("http.route", exchange.endpoint().route())
                .addKeyValue("http.response.status_code", exchange.status())
                .addKeyValue("http.response.body.bytes", request.response().bytesWritten())
                .addKeyValue("event.duration", nanos)
                .addKeyValue("client.ip", exchange.client());
        if (exchange.user().isPresent())
            line = line.addKeyValue("user.id", exchange.user().get().toString());
        var agent = request.getHeader(HttpHeaders.USER_AGENT);
        if (agent != null) line = line.addKeyValue("user_agent.original", agent);
        line.log("{} {} {} in {} ms", request.method(), path, exchange.status(), nanos / 1_000_000);
    }

    private AccessLog() {}
}
