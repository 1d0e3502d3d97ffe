package io.avatarservice.did.fake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What D-ID knows of one customer. */
final class FakeAccount {

    private final Clock clock;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentSkipListMap<Long, ScriptedTalk> talks = new ConcurrentSkipListMap<>();
    private final Map<String, ScriptedTalk> talksById = new ConcurrentHashMap<>();
    private final Map<String, FakeUpload> uploads = new ConcurrentHashMap<>();
    private final Queue<Ending> endings = new ConcurrentLinkedQueue<>();

    volatile List<String> statuses = List.of("created", "started", "done");
    volatile int hiddenFromLists;
    volatile @Nullable Double creditsRemaining = 812.0;
    volatile double creditsTotal = 1000;

    FakeAccount(Clock clock) {
        this.clock = clock;
    }

    void nextTalkEndsWith(Ending ending) {
        endings.add(ending);
    }

    ScriptedTalk accept(Map<String, Object> request) {
        long number = numbers.incrementAndGet();
        Ending scripted = endings.poll();
        List<String> path = statuses;
        String last = path.get(path.size() - 1);
        if (scripted != null) {
            path = Stream.concat(path.subList(0, path.size() - 1).stream(), Stream.of(scripted.status()))
                    .toList();
        }
        Ending ending = scripted != null ? scripted : Ending.of(last);
        ScriptedTalk talk =
                new ScriptedTalk("tlk_%08d".formatted(number), request, clock, path, ending, hiddenFromLists);
        talksById.put(talk.id, talk);
        talks.put(number, talk);
        return talk;
    }

    @Nullable ScriptedTalk talk(String id) {
        ScriptedTalk talk = talksById.get(id);
        return talk == null || talk.deleted() ? null : talk;
    }

    /** Newest first. */
    List<ScriptedTalk> talksForAList() {
        return talks.descendingMap().values().stream()
                .filter(ScriptedTalk::showsUp)
                .toList();
    }

    List<ScriptedTalk> talks() {
        return new ArrayList<>(talks.values());
    }

    FakeUpload upload(String part, String fileName, String contentType, int size) {
        String id = (part.equals("image") ? "img_" : "aud_") + numbers.incrementAndGet();
        FakeUpload upload = new FakeUpload(id, part, fileName, contentType, size, false);
        uploads.put(id, upload);
        return upload;
    }

    boolean deleteUpload(String id) {
        return uploads.computeIfPresent(id, (key, upload) -> upload.delete()) != null;
    }

    List<FakeUpload> uploads() {
        return List.copyOf(uploads.values());
    }
}
