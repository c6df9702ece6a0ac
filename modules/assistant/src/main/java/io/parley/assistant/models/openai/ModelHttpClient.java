package io.parley.assistant.models.openai;

import io.parley.assistant.models.ModelLimits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;

/** The HTTP client that all providers share. */
public final class ModelHttpClient {
    /** Each stream holds one. */
    private static final int CONNECTIONS_TO_A_PROVIDER = 1_024;

    private static final int WAITING = 256;

    /** Below the 5 s after which uvicorn, and so vLLM, closes a connection, perhaps just when it is used again. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    public static HttpClient create(Vertx vertx, ModelLimits limits) {
        return create(vertx, limits, new HttpClientOptions());
    }

    public static HttpClient create(Vertx vertx, ModelLimits limits, HttpClientOptions options) {
        return vertx.createHttpClient(
                options.setConnectTimeout((int) limits.connect().toMillis()).setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_TO_A_PROVIDER).setMaxWaitQueueSize(WAITING));
    }

    private ModelHttpClient() {}
}
