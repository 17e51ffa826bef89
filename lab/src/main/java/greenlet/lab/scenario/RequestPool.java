package greenlet.lab.scenario;

import greenlet.lab.process.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes forked beforehand that share the requests of a round. */
final class RequestPool implements AutoCloseable {
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m");

    private final List<ChildJvm> children = new ArrayList<>();

    private RequestPool() {}

    static RequestPool start(int processes) throws IOException {
        RequestPool pool = new RequestPool();
        for (int i = 0; i < processes; i++) {
            pool.children.add(ChildJvm.start(SMALL, RequestProcess.class, List.of()));
        }
        return pool;
    }

    Requests.Spent run(int port, int requests) throws IOException {
        long start = System.nanoTime();
        int processes = children.size();
        for (int i = 0; i < processes; i++) {
            int share = requests / processes + (i < requests % processes ? 1 : 0);
            children.get(i).tell(port + " " + share);
        }
        long cpu = 0;
        for (ChildJvm child : children) {
            cpu += Long.parseLong(child.hear());
        }
        return new Requests.Spent(System.nanoTime() - start, cpu);
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
    }
}
