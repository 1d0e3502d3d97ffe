package io.avatarservice.server.cli;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.OptionDescription;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the drivers and their options. */
@Command(name = "drivers", mixinStandardHelpOptions = true, description = "Lists the drivers and their options.")
final class DriversCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ConfigurableApplicationContext context = RenderContext.start()) {
            context.getBean(DriverRegistry.class).describe().forEach(driver -> print(out, driver));
        }
        out.flush();
        return 0;
    }

    private static void print(PrintWriter out, DriverDescription driver) {
        String state =
                driver.ready() ? "ready on " + driver.device() : "missing: " + String.join(", ", driver.missing());
        out.printf("%s (%s): %s%n", driver.name(), state, driver.summary());
        for (OptionDescription option : driver.options()) {
            out.printf("  %-18s %s%s%n", option.name(), option.description(), range(option));
        }
    }

    private static String range(OptionDescription option) {
        StringBuilder range = new StringBuilder();
        if (!option.choices().isEmpty()) {
            range.append(' ').append(String.join("|", option.choices()));
        } else if (option.minimum() != null && option.maximum() != null) {
            range.append(' ').append(option.minimum()).append("..").append(option.maximum());
        }
        if (option.defaultValue() != null) {
            range.append(" [").append(option.defaultValue()).append(']');
        }
        return range.toString();
    }
}
