package io.parley.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;

/** Answers that the server has given and the page does not get yet. */
final class HeldAnswers {
    private final Page page;
    private final String pattern;
    private final List<Runnable> held = new ArrayList<>();

    private HeldAnswers(Page page, String pattern) {
        this.page = page;
        this.pattern = pattern;
    }

    /**
     * The page hears of no changes either, which would tell it what an answer lacks.
     *
     * @param pattern of the URLs, as Playwright has them
     */
    static HeldAnswers of(Page page, String pattern) {
        var answers = new HeldAnswers(page, pattern);
        page.route("**/events", Route::abort);
        page.route(pattern, answers::hold);
        return answers;
    }

    private void hold(Route route) {
        var answer = route.fetch();
        held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
    }

    void await(int answers) {
        page.waitForCondition(() -> held.size() >= answers);
    }

    /** Gives them to the page, and later ones at once. */
    void release() {
        held.forEach(Runnable::run);
        page.unroute(pattern);
    }
}
