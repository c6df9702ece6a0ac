package io.parley.transfer.sources;

import static io.parley.contracts.messages.Message.Role.ASSISTANT;
import static io.parley.contracts.messages.Message.Role.SYSTEM;
import static io.parley.contracts.messages.Message.Role.TOOL;
import static io.parley.contracts.messages.Message.Role.USER;

import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Problem;
import java.util.Locale;
import java.util.Map;

/** The names that exports and data sets give to those who speak. */
public final class Roles {
    private static final Map<String, Role> BY_NAME = Map.ofEntries(
            Map.entry("user", USER),
            Map.entry("human", USER),
            Map.entry("prompter", USER),
            Map.entry("assistant", ASSISTANT),
            Map.entry("gpt", ASSISTANT),
            Map.entry("chatgpt", ASSISTANT),
            Map.entry("model", ASSISTANT),
            Map.entry("bot", ASSISTANT),
            Map.entry("bing", ASSISTANT),
            Map.entry("bard", ASSISTANT),
            Map.entry("function_call", ASSISTANT),
            Map.entry("system", SYSTEM),
            Map.entry("developer", SYSTEM),
            Map.entry("tool", TOOL),
            Map.entry("function", TOOL),
            Map.entry("function_response", TOOL),
            Map.entry("observation", TOOL));

    /** Fails invalid, with this pointer, if nobody has this name. */
    public static Role of(String pointer, String name) {
        var role = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (role == null) throw Problem.invalid(pointer, "is not a known role");
        return role;
    }

    private Roles() {}
}
