package io.avatarservice.did;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whether what comes from a video's address is a video and not somebody's page of excuses. Made for one download. */
final class VideoCheck {

    /** Four bytes of length, four of name: so begins each box of an MP4 or a QuickTime file. */
    private static final int BOX_HEADER = 8;

    private static final Set<String> FIRST_BOXES = Set.of("ftyp", "moov", "mdat", "wide", "free", "skip");

    private final JobId jobId;
    private final ByteBuffer head = ByteBuffer.allocate(BOX_HEADER);

    private VideoCheck(JobId jobId) {
        this.jobId = jobId;
    }

    /** The same pieces, ending in an error where they are no video. */
    static Flux<ByteBuffer> of(Flux<ByteBuffer> pieces, JobId jobId) {
        return Flux.defer(() -> {
            VideoCheck check = new VideoCheck(jobId);
            return pieces.doOnNext(check::see).concatWith(Mono.fromRunnable(check::requireHead));
        });
    }

    private void see(ByteBuffer piece) {
        if (head.hasRemaining()) {
            ByteBuffer start = piece.duplicate();
            start.limit(Math.min(start.limit(), start.position() + head.remaining()));
            head.put(start);
            if (!head.hasRemaining()) {
                requireBox();
            }
        }
    }

    private void requireBox() {
        String box = new String(head.array(), 4, 4, StandardCharsets.US_ASCII);
        if (!FIRST_BOXES.contains(box)) {
            throw unavailable("what lies at the video's address is not a video");
        }
    }

    private void requireHead() {
        if (head.hasRemaining()) {
            throw unavailable("the video at its address is empty");
        }
    }

    private AvatarException unavailable(String message) {
        return AvatarException.builder(FailureKind.UNAVAILABLE, message)
                .provider(DidAvatarProvider.ID)
                .jobId(jobId)
                .build();
    }
}
