package io.parley.assistant.models;

import io.parley.contracts.assistant.Responses.Function;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model.
 *
 * @param model the provider's name for it
 * @param messages oldest first
 * @param tools that the model may call
 * @param zone in which the user's days begin and end
 * @param wishes of the program that asks, if it is one
 */
public record Prompt(String model, List<Line> messages, List<ToolDescription> tools, ZoneId zone, Wishes wishes) {
    public Prompt(String model, List<Line> messages, List<ToolDescription> tools, ZoneId zone) {
        this(model, messages, tools, zone, Wishes.NONE);
    }

    /**
     * @param functions further tools, which the program runs itself: each a JSON object as providers are sent it
     * @param options a JSON object whose members are added to the request
     */
    public record Wishes(List<Function> functions, Json options) {
        public static final Wishes NONE = new Wishes(List.of(), Json.EMPTY_OBJECT);
    }

    /**
     * One message as a model sees it.
     *
     * @param content the text of the pieces, if there are any
     * @param pieces of a user's message with files, in their order; null if the content is everything
     * @param toolCalls of an assistant message: a JSON array in OpenAI's form
     * @param toolCallId of a tool message: the call that it answers
     * @param attached to an assistant message by the provider that is asked; null if nothing
     */
    public record Line(
            Role role,
            @Nullable String content,
            @Nullable List<Piece> pieces,
            @Nullable Json toolCalls,
            @Nullable String toolCallId,
            @Nullable Attached attached) {
        public Line(Role role, @Nullable String content, @Nullable Json toolCalls, @Nullable String toolCallId) {
            this(role, content, null, toolCalls, toolCallId, null);
        }

        public static Line text(Role role, @Nullable String content) {
            return new Line(role, content, null, null);
        }

        /** Not every server takes a list for what is only text. */
        public static Line pieces(Role role, List<Piece> pieces) {
            var texts =
                    pieces.stream().map(Piece::text).filter(Objects::nonNull).collect(Collectors.joining("\n\n"));
            boolean isText = pieces.stream().allMatch(piece -> piece.file() == null);
            return new Line(role, texts, isText ? null : pieces, null, null, null);
        }

        public static Line calls(@Nullable String content, @Nullable Json toolCalls) {
            return new Line(Role.ASSISTANT, content, toolCalls, null);
        }

        public Line with(@Nullable Attached attached) {
            return new Line(role, content, pieces, toolCalls, toolCallId, attached);
        }

        public static Line result(String toolCallId, String result) {
            return new Line(Role.TOOL, result, null, toolCallId);
        }
    }

    /**
     * A text, or a file.
     *
     * @param file null if it is a text
     */
    public record Piece(@Nullable String text, @Nullable ShownFile file) {
        public static Piece of(String text) {
            return new Piece(text, null);
        }

        public static Piece of(ShownFile file) {
            return new Piece(null, file);
        }
    }

    /**
     * An image or a document that a model is sent as it is.
     *
     * @param base64 of its content (RFC 4648, 4)
     */
    public record ShownFile(String name, String mediaType, String base64) {
        public String dataUrl() {
            return "data:" + mediaType + ";base64," + base64;
        }

        /** Without the content. */
        @Override
        public String toString() {
            return "ShownFile[mediaType=" + mediaType + "]";
        }
    }

    /**
     * What goes back to the provider with a message of its own.
     *
     * @param state as it came with the reply
     * @param reasoning of the message
     */
    public record Attached(Json state, @Nullable String reasoning) {
        /** Null if there is no state. */
        public static @Nullable Attached of(@Nullable Json state, @Nullable String reasoning) {
            return state == null ? null : new Attached(state, reasoning);
        }
    }
}
