package io.parley.config.start;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** The classes of this process, as {@code jcmd VM.class_hierarchy} prints them. */
final class LoadedClasses {
    /** Two addresses mark a hidden class, which has no name to load it by. */
    private static final Pattern LINE = Pattern.compile("[ |-]*([^/ ]+)/(null|0x[0-9a-f]+)( \\(intf\\))?");

    static List<String> names() throws JMException {
        var report = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmClassHierarchy",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return report.lines()
                .map(LINE::matcher)
                .filter(line -> line.matches() && !line.group(1).startsWith("["))
                .map(line -> line.group(1))
                .sorted()
                .toList();
    }

    private LoadedClasses() {}
}
