import time, pytest
from rejoinder.discussion.models import Comment
from django.db import connection
from tests import factories as make
pytestmark = pytest.mark.django_db
C=("id, thread_id, parent_id, depth, branch_id, author_id, author_name, html, renderer_version, created, edited, "
    "state, place, rank, tie, reply_count, branch_count, ups, downs")
def test_x():
    t=make.thread(); make.rows_of(t,[None]*80)
    def raw(): return list(Comment.objects.raw(f"SELECT {C} FROM rejoinder_comment WHERE thread_id=%s",[t.pk]))
    def cur():
        with connection.cursor() as c:
            c.execute(f"SELECT {C} FROM rejoinder_comment WHERE thread_id=%s",[t.pk]); return c.fetchall()
    for f in (raw,cur):
        f(); a=time.perf_counter()
        for _ in range(50): f()
        print(f.__name__, (time.perf_counter()-a)/50*1000,"ms")
    print(cur()[0])
