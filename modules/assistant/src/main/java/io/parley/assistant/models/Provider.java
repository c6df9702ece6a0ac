package io.parley.assistant.models;

import io.parley.kernel.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server with OpenAI's chat completions API.
 *
 * @param baseUrl the URL to which {@code /chat/completions} is appended
 * @param models the models that users may choose; the first one is the default
 * @param key sent with each request; null if none is needed, or if only users have keys
 * @param usersKeysOnly whether only users who have stored a key for this provider can use it
 * @param isLenient whether it accepts system messages anywhere and roles in any order
 * @param takesImages whether its models are sent images and documents
 */
public record Provider(
        String name,
        URI baseUrl,
        List<String> models,
        @Nullable Secret key,
        boolean usersKeysOnly,
        boolean isLenient,
        boolean takesImages) {

    Provider withKey(Secret other) {
        return new Provider(name, baseUrl, models, other, usersKeysOnly, isLenient, takesImages);
    }
}
