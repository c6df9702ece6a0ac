package io.parley.gateway.openai;

import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.ModelRequest;
import io.parley.contracts.assistant.Responses.UnstoredFile;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.kernel.Caller;
import java.util.List;
import java.util.UUID;

/** A response that a client has asked for and that has not begun. */
record NewResponse(
        Exchange exchange,
        UUID turnId,
        ResponsePlace place,
        ResponseInput input,
        ModelRequest request,
        boolean isStored) {
    Caller caller() {
        return exchange.caller();
    }

    Responses.Create command() {
        var files = isStored
                ? List.<UnstoredFile>of()
                : input.files().stream()
                        .map(file -> new UnstoredFile(file.id(), file.data()))
                        .toList();
        return new Responses.Create(
                caller(), turnId, place.conversationId(), place.parent(), input.drafts(), files, request, isStored);
    }
}
