package io.parley.assistant;

import io.parley.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the assistant must be told.
 *
 * @param providers the first of them by default; none leaves the commands, which need none
 * @param turnTimeout how long a turn may take
 * @param historyTokens how much of a conversation a model is told, in tokens as they are estimated here
 */
public record AssistantSettings(List<ProviderSettings> providers, Duration turnTimeout, int historyTokens) {

    /**
     * A server that speaks OpenAI's chat completions. Only operators name its place.
     *
     * @param baseUrl what {@code /chat/completions} is added to
     * @param models that users may choose, the first of them by default
     * @param key the server's own; null where none is needed, or users have theirs
     * @param usersKeysOnly whether only users who have stored a key for it can use it
     */
    public record ProviderSettings(
            String name,
            URI baseUrl,
            List<String> models,
            @Nullable Secret key,
            boolean usersKeysOnly) {}
}
