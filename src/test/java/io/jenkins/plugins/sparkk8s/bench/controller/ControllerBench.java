package io.jenkins.plugins.sparkk8s.bench.controller;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what monitoring costs a controller; run it by {@code bench/controller}. */
@Command(
        name = "bench/controller",
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Measures what monitoring applications costs a controller, against a lean API server in another process.",
            "Prints a table in Markdown for each scenario. Without an option of a scenario all of docs/performance.md are run, which takes an hour."
        })
public final class ControllerBench implements Callable<Integer> {
    private static final Pattern ANSWERS = Pattern.compile("\\d{1,5}/\\d{1,5}/\\d{1,5}");

    @Spec
    private CommandSpec command;

    @Option(
            names = "--applications",
            split = ",",
            defaultValue = "10,100,1000,3000",
            description = "how many, each in a run of its own")
    private List<Integer> applications;

    @Option(names = "--executors", defaultValue = "30", description = "of each application")
    private int executors;

    @Option(
            names = "--seconds",
            defaultValue = "40",
            description = "how long to measure without changes, and again with them; executors are polled every 30 s")
    private int seconds;

    @Option(names = "--rate", defaultValue = "200", description = "changes of pods in a second")
    private int rate;

    @Option(names = "--outage", defaultValue = "30", description = "seconds without the API server; 0 for none")
    private int outage;

    @Option(names = "--answers", description = "scenario: milliseconds for one pod/list/log, 1/1/1 or 10/30/25")
    private String answers;

    @Option(names = "--chatty", description = "scenario: each driver writes a line a second")
    private boolean chatty;

    @Option(names = "--hung", defaultValue = "0", description = "scenario: drivers whose log is never answered")
    private int hung;

    @Option(names = "--silent", defaultValue = "0", description = "scenario: more applications, on a silent cluster")
    private int silent;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this text")
    private boolean help;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ControllerBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        System.out.println(machine());
        for (Scenario scenario : scenarios()) {
            System.out.printf("%n### %s%n%n", scenario);
            FigureTable table = new FigureTable(!scenario.isChatty());
            for (int number : applications) {
                System.err.printf("%s: %,d applications, load average %s%n", scenario, number, load());
                run(table, new RunSettings(number, executors, seconds, rate, outage, scenario));
            }
            table.lines().forEach(System.out::println);
        }
        System.out.printf("%nLoad average in the end: %s.%n", load());
        return 0;
    }

    private List<Scenario> scenarios() {
        boolean own = answers != null || chatty || hung > 0 || silent > 0;
        return own ? List.of(new Scenario(answers == null ? "1/1/1" : answers, chatty, hung, silent)) : Scenario.all();
    }

    private void check() {
        if (applications.stream().anyMatch(number -> number < 2) || executors < 1 || seconds < 1) {
            throw new ParameterException(
                    command.commandLine(), "There must be 2 applications, 1 executor and 1 second at least.");
        }
        if (answers != null && !ANSWERS.matcher(answers).matches()) {
            throw new ParameterException(
                    command.commandLine(), "--answers=%s: must be three times, such as 10/30/25.".formatted(answers));
        }
    }

    private static void run(FigureTable table, RunSettings settings) throws IOException, InterruptedException {
        Process process = ServerProcess.java(ControllerRun.class, settings.arguments());
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                figures.put(Figure.valueOf(words[0]), Double.valueOf(words[1]));
            }
        }
        table.add(settings.applications(), figures);
        if (process.waitFor() != 0) {
            System.out.printf(
                    "The run of %,d applications broke off with exit status %d.%n%n",
                    settings.applications(), process.exitValue());
        }
    }

    private static String machine() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String model = lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
            return "Measured on %s: %d × %s, Java %s, load average %s at the start."
                    .formatted(
                            LocalDate.now(),
                            Runtime.getRuntime().availableProcessors(),
                            model,
                            System.getProperty("java.version"),
                            load());
        }
    }

    /** Of the last minute. */
    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
