package io.parley.gateway.openai.exchange;

import io.parley.kernel.Ids;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in OpenAI's form: a prefix and the 32 hexadecimal digits of the UUID, and for tool calls the place in their message. */
public final class OpenAiIds {
    public static final String CONVERSATION = "conv_";
    public static final String RESPONSE = "resp_";
    public static final String MESSAGE = "msg_";
    public static final String FUNCTION_CALL = "fc_";
    public static final String FUNCTION_OUTPUT = "fco_";
    public static final String MCP_CALL = "mcp_";
    public static final String FILE = "file_";

    private static final Pattern ITEM = Pattern.compile("(msg|fc|fco|mcp)_([0-9a-f]{32})(_[0-9]{1,4})?");
    private static final Pattern DIGITS =
            Pattern.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");

    public static String of(String prefix, UUID id) {
        return prefix + id.toString().replace("-", "");
    }

    /** @param place of the call in its message, from 0 */
    public static String ofCall(String prefix, UUID message, int place) {
        return of(prefix, message) + '_' + place;
    }

    /** Empty if the text is no id with this prefix. */
    public static Optional<UUID> read(String prefix, String text) {
        return text.startsWith(prefix) ? uuid(text.substring(prefix.length())) : Optional.empty();
    }

    /** The id of the message that an item belongs to. */
    public static Optional<UUID> messageOf(String item) {
        var matcher = ITEM.matcher(item);
        return matcher.matches() ? uuid(matcher.group(2)) : Optional.empty();
    }

    private static Optional<UUID> uuid(String digits) {
        var matcher = DIGITS.matcher(digits);
        return matcher.matches() ? Ids.parse(matcher.replaceFirst("$1-$2-$3-$4-$5")) : Optional.empty();
    }

    private OpenAiIds() {}
}
