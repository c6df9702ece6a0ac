package io.parley.gateway.ui;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message;
import io.parley.gateway.ui.UiRequest.Said;
import io.parley.json.StrictJson;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/** The ids of messages as clients know them. Those of users' messages are the clients' own, and stand in the metadata. */
final class UiIds {
    private static final String MEMBER = "ui_message_id";

    /** Of the turn that answers a message first, so that the same message is not answered twice. */
    static UUID turn(UUID conversationId, String messageId) {
        return Ids.within(conversationId, "ui " + messageId);
    }

    /** Of the turn that answers a message in place of another one. */
    static UUID turnOfEdit(UUID replaced, Said said) {
        var files = said.fileIds();
        return Ids.within(replaced, "edit " + said.text() + (files.isEmpty() ? "" : files));
    }

    /** Of the turn that answers the message of another turn again. */
    static UUID turnAgain(Turn answered) {
        return Ids.within(answered.id(), "again");
    }

    /** Of the answer of a turn: its first message. The others are shown as parts of it. */
    static UUID answer(UUID turnId) {
        return Turn.messageId(turnId, 1);
    }

    static Json metadata(String messageId) {
        return new Json(
                JsonNodeFactory.instance.objectNode().put(MEMBER, messageId).toString());
    }

    static String of(Message message) {
        var given = StrictJson.parse(Buffer.buffer(message.metadata().text())).path(MEMBER);
        return given.isTextual() ? given.textValue() : message.id().toString();
    }

    private UiIds() {}
}
