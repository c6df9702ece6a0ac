package io.parley.gateway.openai.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.gateway.http.ErrorMapping;
import io.parley.gateway.http.HttpError;
import io.parley.kernel.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error of this door: {@code {"error": {message, type, param, code}}}.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI: error codes</a>
 */
public final class OpenAiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** OpenAI's libraries send 408, 409, 429 and all 5xx again unless this says no (tried with openai-python 3.57). */
    private static final Map<String, String> NO_RETRY = Map.of("x-should-retry", "false");

    private final int status;
    private final String code;
    private final @Nullable String param;
    private final transient Map<String, String> headers;

    public OpenAiError(int status, String code, @Nullable String param, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
        this.headers = headers;
    }

    public OpenAiError(int status, String code, @Nullable String param, String message) {
        this(status, code, param, message, Map.of());
    }

    public static OpenAiError invalid(@Nullable String param, String code, String message) {
        return new OpenAiError(400, code, param, message);
    }

    public static OpenAiError invalidValue(String param, String what) {
        return invalid(param, "invalid_value", "Invalid '" + param + "': it " + what + '.');
    }

    public static OpenAiError unknownUrl(HttpServerRequest request) {
        return unknownUrl(request, Map.of());
    }

    private static OpenAiError unknownUrl(HttpServerRequest request, Map<String, String> headers) {
        return new OpenAiError(
                404, "unknown_url", null, "There is nothing at this URL (" + request.method() + ").", headers);
    }

    /** The same refusal of a path that was malformed, which closes the connection just as well. */
    public OpenAiError asUnknownUrl(HttpServerRequest request) {
        return unknownUrl(request, headers);
    }

    public static OpenAiError notFound(String what) {
        return new OpenAiError(404, "not_found", null, "There is no such " + what + '.');
    }

    public static OpenAiError noSuchModel() {
        return new OpenAiError(404, "model_not_found", "model", "There is no such model, or you cannot use it.");
    }

    public static OpenAiError methodNotAllowed(String allowed) {
        return new OpenAiError(
                405, "method_not_allowed", null, "This URL supports " + allowed + '.', Map.of("Allow", allowed));
    }

    /** The provider failed, after the request was sent to it. */
    public static OpenAiError providerFailed(int status) {
        return new OpenAiError(status, "provider_error", null, "The provider of the model failed.", NO_RETRY);
    }

    public static OpenAiError providerLimited(@Nullable String retryAfter) {
        return new OpenAiError(
                429,
                "provider_rate_limited",
                null,
                "The provider of the model has too many requests. Try again later.",
                retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter));
    }

    /** The response has begun and goes on, but cannot be waited for here. */
    public static OpenAiError notAwaited() {
        return new OpenAiError(
                503, "server_error", null, "The response goes on, but this server stops. Retrieve it later.", NO_RETRY);
    }

    /** What any other failure is in this form. */
    public static OpenAiError of(HttpServerRequest request, Throwable failure) {
        if (failure instanceof OpenAiError error) return error;
        if (failure instanceof Problem problem && problem.kind() == Problem.Kind.INVALID) return invalid(problem);
        var error = ErrorMapping.of(request, Exchange.DOOR, failure);
        var headers = new LinkedHashMap<>(error.headers());
        if (error.status() == 500 || error.status() == 504) headers.putAll(NO_RETRY);
        return new OpenAiError(error.status(), code(error, failure), null, error.detail(), headers);
    }

    private static OpenAiError invalid(Problem problem) {
        var fault = problem.faults().get(0);
        if (fault.pointer().equals("/model") && fault.detail().startsWith("is not")) return noSuchModel();
        var param = param(fault.pointer());
        return param.isEmpty()
                ? invalid(null, "invalid_request", "The request " + fault.detail() + '.')
                : invalid(param, "invalid_value", "Invalid '" + param + "': it " + fault.detail() + '.');
    }

    /** A JSON Pointer in OpenAI's spelling: {@code /input/0/content} is {@code input[0].content}. */
    static String param(String pointer) {
        var param = new StringBuilder();
        for (var token : pointer.split("/", -1)) {
            if (token.isEmpty()) continue;
            if (token.matches("[0-9]+")) param.append('[').append(token).append(']');
            else
                param.append(param.isEmpty() ? "" : ".")
                        .append(token.replace("~1", "/").replace("~0", "~"));
        }
        return param.toString();
    }

    private static String code(HttpError error, Throwable failure) {
        var challenge = error.headers().getOrDefault("WWW-Authenticate", "");
        return switch (error.status()) {
            case 400 -> "invalid_request";
            case 401 -> challenge.contains("invalid_token") ? "invalid_api_key" : "missing_api_key";
            case 403 ->
                challenge.contains("insufficient_scope")
                        ? "insufficient_scope"
                        : isFull(failure) ? "quota_exceeded" : "permission_denied";
            case 404 -> failure instanceof HttpError ? "unknown_url" : "not_found";
            case 408 -> "request_timeout";
            case 409 -> isLocked(failure) ? "conversation_locked" : "conflict";
            case 413 -> "request_too_large";
            case 415 -> "unsupported_media_type";
            case 429 -> "rate_limit_exceeded";
            case 503 -> "server_overloaded";
            case 504 -> "timeout";
            default -> error.status() < 500 ? "invalid_request" : "server_error";
        };
    }

    private static boolean isFull(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.FULL;
    }

    // A turn is running; other conflicts name a field.
    private static boolean isLocked(Throwable failure) {
        return failure instanceof Problem problem
                && !problem.faults().isEmpty()
                && problem.faults().get(0).pointer().isEmpty();
    }

    private String type() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    public HttpError http() {
        return HttpError.of(status, String.valueOf(getMessage()), headers);
    }

    public JsonNode body() {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", String.valueOf(getMessage()))
                .put("type", type())
                .put("param", param)
                .put("code", code);
        return body;
    }
}
