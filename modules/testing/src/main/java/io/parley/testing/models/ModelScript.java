package io.parley.testing.models;

import io.vertx.core.buffer.Buffer;

/** What a {@link ScriptedModel} does with one request. Runs on its event loop, so it must not block. */
@FunctionalInterface
public interface ModelScript {
    void play(ModelExchange exchange);

    /** Writes these events and ends. */
    static ModelScript stream(String... events) {
        return exchange -> exchange.write(String.join("", events)).end();
    }

    /** Answers with a text, one event per word. */
    static ModelScript answer(String text) {
        return stream(ModelEvents.answer(text));
    }

    /** Writes nothing, until the test does. */
    static ModelScript hang() {
        return exchange -> {};
    }

    static ModelScript hangAfter(String... events) {
        return exchange -> exchange.write(String.join("", events));
    }

    /** Closes the connection once the events are written. */
    static ModelScript cutAfter(String... events) {
        return exchange -> {
            exchange.write(String.join("", events));
            exchange.cut();
        };
    }

    /** Refuses as OpenAI does, with a message that must not be shown to users. */
    static ModelScript status(int status, String... headers) {
        var error = "{\"error\":{\"message\":\"%s\",\"type\":\"error\",\"code\":null}}".formatted(PROVIDERS_OWN_WORDS);
        return exchange -> exchange.refuse(status, "application/json", error, headers);
    }

    static ModelScript html() {
        return exchange -> exchange.refuse(
                200, "text/html", "<!DOCTYPE html>\n<html><body>" + PROVIDERS_OWN_WORDS + "</body></html>\n");
    }

    static ModelScript garbage() {
        return stream("data: {\"" + PROVIDERS_OWN_WORDS + "\": \n\n");
    }

    /** Writes one line that never ends, as long as the connection lasts. */
    static ModelScript endlessLine() {
        return exchange -> {
            exchange.write("data: ");
            lengthen(exchange);
        };
    }

    private static void lengthen(ModelExchange exchange) {
        if (exchange.closed().isComplete()) return;
        exchange.writing(Buffer.buffer("x".repeat(16 * 1024))).onSuccess(written -> lengthen(exchange));
    }

    /** Must appear neither in an answer nor in a log. */
    String PROVIDERS_OWN_WORDS = "the provider's own words";
}
