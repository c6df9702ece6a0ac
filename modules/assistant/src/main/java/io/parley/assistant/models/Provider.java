package io.parley.assistant.models;

import io.parley.kernel.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks OpenAI's chat completions. Only operators name its place.
 *
 * @param baseUrl what {@code /chat/completions} is added to
 * @param models that users may choose, the first of them by default
 * @param key the server's own; null where only users have keys, or none is needed
 */
public record Provider(
        String name,
        URI baseUrl,
        List<String> models,
        @Nullable Secret key) {}
