package io.parley.assistant.models.openai;

import io.parley.assistant.models.ModelLimits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;

/** Creates the HTTP client that all providers share. */
public final class ModelHttpClient {
    /** Each answer that is being generated holds one connection. */
    private static final int MAX_CONNECTIONS_PER_PROVIDER = 1_024;

    private static final int MAX_WAITING = 256;

    /** Below the 5 s after which uvicorn, and so vLLM, closes an idle connection, perhaps just as it is used again. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    /** Bytes that are decompressed at once. What comes out of them is at most a thousand times as large (RFC 1951). */
    private static final int MAX_CHUNK = 8 * 1024;

    public static HttpClient create(Vertx vertx, ModelLimits limits) {
        return create(vertx, limits, new HttpClientOptions());
    }

    static HttpClient create(Vertx vertx, ModelLimits limits, HttpClientOptions options) {
        return vertx.createHttpClient(
                options.setConnectTimeout((int) limits.connect().toMillis())
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setMaxChunkSize(MAX_CHUNK)
                        .setDecompressionSupported(true),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_PROVIDER).setMaxWaitQueueSize(MAX_WAITING));
    }

    private ModelHttpClient() {}
}
