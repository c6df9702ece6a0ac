package io.parley.kernel.outbound;

import java.util.Locale;

/** Why a request got no answer, in words that say nothing of what is behind the address. */
public final class OutboundFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** The name has no address, or cannot be looked up at the moment. */
        UNKNOWN_HOST,
        /** One of the addresses of the name must not be connected to. */
        ADDRESS_REFUSED,
        CONNECTION_FAILED,
        /** The certificate is not valid for the name, or no version of TLS is shared. */
        TLS_FAILED,
        TIMED_OUT;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** As it is stored and shown, such as {@code timed_out}. */
        public String label() {
            return label;
        }
    }

    private final Reason reason;

    OutboundFailure(Reason reason) {
        super(reason.label());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** An ordinary outcome, which needs no stack trace. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
