package io.parley.gateway;

import io.parley.gateway.connections.Http2Connections;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A HEAD request whose response has no body. In HTTP/2 Vert.x 5.0 sends the body, which clients report as a protocol error. */
final class HeadRequest extends HttpServerRequestWrapper {
    private final HttpServerResponse response;

    private HeadRequest(HttpServerRequest request) {
        super((HttpServerRequestInternal) request);
        this.response = (HttpServerResponse) Proxy.newProxyInstance(
                HeadRequest.class.getClassLoader(),
                new Class<?>[] {HttpServerResponse.class},
                new WithoutBody(request.response()));
    }

    /** The request itself, or a wrapper that drops the body of the response if it is a HEAD request in HTTP/2. */
    static HttpServerRequest of(HttpServerRequest request) {
        return Http2Connections.carry(request) && request.method().equals(HttpMethod.HEAD)
                ? new HeadRequest(request)
                : request;
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }

    private record WithoutBody(HttpServerResponse response) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            return switch (method.getName()) {
                case "equals" -> arguments != null && arguments[0] == proxy;
                case "end", "sendFile" -> response.end();
                case "write" -> Future.succeededFuture();
                default -> {
                    var result = invoke(method, arguments);
                    yield result == response ? proxy : result;
                }
            };
        }

        private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(response, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause() == null ? failure : failure.getCause();
            }
        }
    }
}
