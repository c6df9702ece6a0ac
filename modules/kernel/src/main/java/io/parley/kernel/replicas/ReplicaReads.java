package io.parley.kernel.replicas;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.ContextInternal;

/**
 * Whether what runs at the moment may read at a replica. This belongs to a Vert.x context that was made for one request or one message,
 * and goes along with every question on the bus.
 */
public final class ReplicaReads {
    private static final String HEADER = "replica";

    private static volatile boolean isOn;

    /** This process has replicas. To be called before any request; without it nothing is ever allowed. */
    public static void turnOn() {
        isOn = true;
    }

    /** From now on the current context may. Ignored in the context of a verticle, which works for all. */
    public static void allow() {
        if (!isOn) return;
        var context = (ContextInternal) Vertx.currentContext();
        if (context != null && context.isDuplicate()) ReplicaReadsLocal.ALLOWED.put(context, true);
    }

    public static boolean areAllowed() {
        if (!isOn) return false;
        var context = Vertx.currentContext();
        return context != null && Boolean.TRUE.equals(ReplicaReadsLocal.ALLOWED.get(context));
    }

    /** The options of a question that this context asks; the same ones if it may not. */
    public static DeliveryOptions passOn(DeliveryOptions options) {
        return areAllowed() ? allowing(options) : options;
    }

    /** The options for a question that is forwarded with these headers. */
    public static DeliveryOptions passOn(MultiMap headers, DeliveryOptions options) {
        return headers.contains(HEADER) ? allowing(options) : options;
    }

    private static DeliveryOptions allowing(DeliveryOptions options) {
        return new DeliveryOptions(options).addHeader(HEADER, "true");
    }

    /** Allows the current context what the message allows. */
    public static void enter(MultiMap headers) {
        if (isOn && headers.contains(HEADER)) allow();
    }

    private ReplicaReads() {}
}
