package io.parley.config.system.contract;

import java.util.Optional;

/**
 * The response to a bad request.
 *
 * @param status 0 if the response violates the contract or there was none
 * @param failure what is wrong with the response, if anything
 */
record BadInputResult(BadCase tried, int status, Optional<String> failure) {
    boolean isRefused() {
        return status / 100 == 4;
    }
}
