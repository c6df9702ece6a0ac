package io.parley.gateway.routes;

import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.MessageFeedback;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;

/** Feedback on the assistant's messages. */
final class FeedbackRoutes {
    private final Bus bus;

    FeedbackRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on(
                "putFeedback",
                request -> bus.ask(
                        MessageFeedback.PUT,
                        new MessageFeedback.Put(request.caller(), request.pathId("id"), request.body(Feedback.class))));
        operations.on(
                "findFeedback",
                request -> bus.ask(
                        MessageFeedback.FIND, new MessageFeedback.Find(request.caller(), request.pathId("id"))));
        operations.on(
                "deleteFeedback",
                request -> bus.ask(
                        MessageFeedback.DELETE, new MessageFeedback.Delete(request.caller(), request.pathId("id"))));
    }
}
