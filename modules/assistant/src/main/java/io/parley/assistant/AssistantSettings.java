package io.parley.assistant;

import io.parley.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the assistant.
 *
 * @param providers in the order in which users see them; the first one is the default. If the list is empty, the offline
 *     commands answer.
 * @param turnTimeout the longest that one turn may take
 * @param maxReply the bytes of one reply of a model, everything counted; a larger one is broken off
 * @param instructions for every turn of every user; null if there are none
 * @param modelTitles whether a model makes the titles of conversations, in a request after their first turn
 * @param historyTokens the largest part of a conversation that is sent to a model, in estimated tokens
 * @param historyBytes the largest part of a conversation that a turn reads, what models are not sent included
 * @param fileBytes of the files that a model is sent with one request; older ones are left out
 * @param summaries whether a turn summarises what is larger than that; if not, it leaves that out
 * @param summaryTokens the largest summary, in estimated tokens
 * @param toolResultCharacters of a list that a tool returns, after which its page ends
 */
public record AssistantSettings(
        List<ProviderSettings> providers,
        Duration turnTimeout,
        int maxReply,
        @Nullable String instructions,
        boolean modelTitles,
        int historyTokens,
        int historyBytes,
        int fileBytes,
        boolean summaries,
        int summaryTokens,
        int toolResultCharacters) {

    /**
     * A server with OpenAI's chat completions API. Only operators configure its URL.
     *
     * @param baseUrl the URL to which {@code /chat/completions} is appended
     * @param models the models that users may choose; the first one is the default
     * @param key the server's own key; null if none is needed, or if users bring their own
     * @param usersKeysOnly whether only users who have stored a key for this provider can use it
     * @param isLenient whether it accepts system messages anywhere and roles in any order
     * @param takesImages whether its models are sent images and documents
     */
    public record ProviderSettings(
            String name,
            URI baseUrl,
            List<String> models,
            @Nullable Secret key,
            boolean usersKeysOnly,
            boolean isLenient,
            boolean takesImages) {}
}
