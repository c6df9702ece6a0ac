package io.parley.bench.soak.traffic;

import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What users do, and how often. */
final class Mix {
    private final NavigableMap<Integer, Consumer<Account>> actions = new TreeMap<>();
    private int total;

    /** Of a hundred actions half are reads and six are turns. */
    static Mix of(Requests requests, Writes writes, Listing listing) {
        var reads = new Reads(requests);
        var transfers = new Transfers(requests, listing);
        return new Mix()
                .with(25, reads::message)
                .with(10, reads::page)
                .with(6, reads::conversations)
                .with(6, reads::tasks)
                .with(3, reads::search)
                .with(3, writes::createConversation)
                .with(14, writes::createMessage)
                .with(8, writes::createTask)
                .with(5, writes::editMessage)
                .with(2, writes::editConversation)
                .with(5, writes::editTask)
                .with(2, writes::deleteTask)
                .with(1, writes::deleteConversation)
                .with(6, new Turns(requests, writes)::run)
                .with(2, transfers::importConversations)
                .with(2, transfers::export);
    }

    private Mix with(int weight, Consumer<Account> action) {
        actions.put(total, action);
        total += weight;
        return this;
    }

    Consumer<Account> any(Random random) {
        return actions.floorEntry(random.nextInt(total)).getValue();
    }
}
