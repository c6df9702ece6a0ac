package io.parley.gateway.openai;

import io.parley.contracts.assistant.TurnEvent;
import io.parley.gateway.streams.TurnFollower;
import org.jspecify.annotations.Nullable;

/** Takes no event before the stream that they are for is open. */
final class EarlyEvents implements TurnFollower.Reader {
    private TurnFollower.@Nullable Reader stream;

    void passTo(TurnFollower.Reader open) {
        stream = open;
    }

    @Override
    public boolean isReady() {
        return stream != null && stream.isReady();
    }

    @Override
    public void take(TurnEvent event) {
        if (stream != null) stream.take(event);
    }

    @Override
    public void end(@Nullable Throwable failure) {
        if (stream != null) stream.end(failure);
    }
}
