package io.parley.users.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Requests to providers, which follow no redirect. Fails with {@link ProviderFailure}, unusable. */
final class ProviderHttp {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int MAX_CONNECTIONS = 8;
    private static final int MAX_WAITING = 64;

    /** Google's keys and configuration have a few KiB. */
    private static final int MAX_BYTES = 256 * 1024;

    private final HttpClient client;

    ProviderHttp(Vertx vertx) {
        this.client = vertx.createHttpClient(
                // Sign-ins are rare, and a provider may close a connection that is kept just as it is used again.
                new HttpClientOptions()
                        .setConnectTimeout((int) TIMEOUT.toMillis())
                        .setKeepAlive(false),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
    }

    /** The document at a URL. */
    Future<String> get(URI url) {
        return send(new HTTPRequest(HTTPRequest.Method.GET, url))
                .compose(response -> response.getStatusCode() == 200
                        ? Future.succeededFuture(String.valueOf(response.getBody()))
                        : Future.failedFuture(ProviderFailure.unusable("status_" + response.getStatusCode())));
    }

    Future<HTTPResponse> send(HTTPRequest request) {
        if (!ProviderSettings.isSecure(request.getURI()))
            return Future.failedFuture(ProviderFailure.unusable("insecure_url"));
        // Building a request can fail, too.
        return Future.succeededFuture(request)
                .compose(this::exchange)
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof ProviderFailure ? failure : ProviderFailure.unusable("unreachable")));
    }

    private Future<HTTPResponse> exchange(HTTPRequest request) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.getMethod().name()))
                .setAbsoluteURI(request.getURI().toString())
                .setFollowRedirects(false)
                .setIdleTimeout(TIMEOUT.toMillis())
                .putHeader(HttpHeaders.ACCEPT, "application/json");
        request.getHeaderMap().forEach((name, values) -> options.putHeader(name, String.join(", ", values)));
        var body = request.getBody();
        return client.request(options)
                .compose(opened ->
                        (body == null ? opened.send() : opened.send(body)).compose(response -> read(opened, response)));
    }

    private static Future<HTTPResponse> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<HTTPResponse> done = Promise.promise();
        var body = Buffer.buffer();
        response.exceptionHandler(done::tryFail);
        response.handler(part -> {
            if (body.length() + part.length() <= MAX_BYTES) body.appendBuffer(part);
            else if (done.tryFail(ProviderFailure.unusable("too_large"))) request.reset();
        });
        response.endHandler(end -> {
            try {
                done.tryComplete(parsed(response, body));
            } catch (ParseException unreadable) {
                done.tryFail(ProviderFailure.unusable("content_type"));
            }
        });
        return done.future();
    }

    private static HTTPResponse parsed(HttpClientResponse response, Buffer body) throws ParseException {
        var parsed = new HTTPResponse(response.statusCode());
        var type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null) parsed.setContentType(type);
        parsed.setBody(body.toString());
        return parsed;
    }
}
