package io.avatarservice.server.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Submits jobs to servers that are killed at random moments of their lives, start and stop included, and are started again
 * at once. Clients repeat what was refused or not answered, with its idempotency key. Then all are left alone, and what
 * became of the accepted jobs is counted.
 */
final class KillRun {

    private static final int CLIENTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_END = Duration.ofMinutes(10);
    private static final Duration LONGEST_SWEEP = Duration.ofMinutes(1);

    private final KillPlan plan;
    private final Consumer<String> log;
    private final JobClient client = new JobClient();
    private final Map<Integer, String> accepted = new ConcurrentHashMap<>();
    private final List<ServerProcess> servers = new ArrayList<>();
    private final KillInputs inputs;
    // Jobs are handed out as the kills go on, so that no server is killed idle.
    private final Semaphore due = new Semaphore(0);

    KillRun(KillPlan plan, Consumer<String> log) throws IOException {
        this.plan = plan;
        this.log = log;
        this.inputs = new KillInputs();
    }

    KillReport run() throws Exception {
        Files.createDirectories(plan.directory());
        TinySadTalker sadTalker = new TinySadTalker(plan.directory().resolve("sadtalker"));
        try (JobDatabaseServer database = JobDatabaseServer.start(plan)) {
            for (int i = 0; i < plan.nodes(); i++) {
                servers.add(new ServerProcess(plan, i, database.url(), sadTalker));
            }
            try {
                for (ServerProcess server : servers) {
                    server.start();
                }
                submitAndKill();
                awaitEnd();
                return count();
            } finally {
                for (ServerProcess server : servers) {
                    server.kill();
                }
            }
        }
    }

    private void submitAndKill() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> submissions = new ArrayList<>();
            for (int i = 0; i < plan.jobs(); i++) {
                int number = i;
                submissions.add(clients.submit(() -> {
                    submit(number);
                    return null;
                }));
            }
            Random random = new Random(plan.seed());
            int first = plan.jobs() / (plan.kills() + 1);
            due.release(first);
            for (int kill = 1; kill <= plan.kills(); kill++) {
                kill(kill, random);
                due.release((plan.jobs() - first) * kill / plan.kills()
                        - (plan.jobs() - first) * (kill - 1) / plan.kills());
            }
            for (Future<?> submission : submissions) {
                submission.get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void kill(int number, Random random) throws Exception {
        int victim = random.nextInt(servers.size());
        // One in four dies before it serves, or soon after.
        if (random.nextInt(4) > 0) {
            awaitServing(servers.get(victim));
        }
        TimeUnit.MILLISECONDS.sleep(random.nextLong(plan.longestLife().toMillis()));
        servers.get(victim).kill();
        log.accept("kill %d of %d: node %d, %d jobs accepted".formatted(number, plan.kills(), victim, accepted.size()));
        servers.get(victim).start();
    }

    private void awaitServing(ServerProcess server) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_START);
        while (client.jobs(server.address()).isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the server does not start");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    private void submit(int number) throws InterruptedException {
        due.acquire();
        Map<String, Object> request = inputs.request(number);
        for (int attempt = 0; ; attempt++) {
            URI server = servers.get((number + attempt) % servers.size()).address();
            Optional<String> id = client.submit(server, request, "kill-" + plan.seed() + "-" + number);
            if (id.isPresent()) {
                accepted.put(number, id.get());
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    private void awaitEnd() throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_END);
        while (Instant.now().isBefore(end)) {
            Optional<List<JsonNode>> jobs = client.jobs(servers.get(0).address());
            if (jobs.isPresent() && jobs.get().stream().allMatch(KillRun::finished)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        log.accept("some jobs do not end");
    }

    private KillReport count() throws Exception {
        List<JsonNode> jobs = client.jobs(servers.get(0).address())
                .orElseThrow(() -> new IllegalStateException("the server does not answer"));
        Set<String> wanted = new HashSet<>(accepted.values());
        Set<String> videos = new HashSet<>();
        int completed = 0;
        int doubled = accepted.size() - wanted.size();
        for (JsonNode job : jobs) {
            if (!wanted.contains(job.get("id").textValue())) {
                doubled++;
            } else if (hasVideo(job) && videos.add(video(job))) {
                completed++;
            } else {
                log.accept("not completed: " + job);
            }
        }
        log.accept("%d of the jobs were SadTalker's"
                .formatted(accepted.keySet().stream()
                        .filter(KillInputs::isSadTalkers)
                        .count()));
        Set<String> orphans = orphans(videos);
        for (Instant end = Instant.now().plus(LONGEST_SWEEP);
                !orphans.isEmpty() && Instant.now().isBefore(end);
                orphans = orphans(videos)) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        orphans.forEach(orphan -> log.accept("orphan: " + orphan));
        return new KillReport(accepted.size(), completed, accepted.size() - completed, doubled, orphans.size());
    }

    private Set<String> orphans(Set<String> videos) throws IOException {
        Set<String> orphans = new HashSet<>(names(plan.directory().resolve("work")));
        orphans.addAll(names(plan.directory().resolve("media")));
        orphans.removeAll(videos);
        return orphans;
    }

    private boolean hasVideo(JsonNode job) throws IOException {
        if (!job.get("status").textValue().equals("completed")) {
            return false;
        }
        Path video = plan.directory().resolve("media").resolve(video(job));
        return Files.exists(video)
                && Files.size(video) == job.at("/result/size_bytes").longValue();
    }

    private static String video(JsonNode job) {
        String url = job.at("/result/video_url").textValue();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static boolean finished(JsonNode job) {
        return Set.of("completed", "error", "cancelled")
                .contains(job.get("status").textValue());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
