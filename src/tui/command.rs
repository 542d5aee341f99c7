//! The one table of commands. Footer hints, menu, palette, help and key dispatch derive from it;
//! a new command is one row here and one arm in `App::run`.

/// What the user can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub(super) enum Command {
    Help,
    Menu,
    Palette,
    Edit,
    Accept,
    Leave,
    Pick,
    NextField,
    PreviousField,
    TakeAbove,
    Rule,
    SelectAll,
    Copy,
    Cut,
    Paste,
    Save,
    SaveAs,
    /// List the versions that were saved before.
    History,
    /// Ask where to export to.
    Export,
    /// Ask where to export a spreadsheet to fill in to.
    FillIn,
    /// Ask for a file of another program.
    Import,
    /// Show the forms that were opened before, and the ways to begin one.
    Start,
    /// Ask for a file to edit.
    Open,
    /// Ask for a weight profile and begin a form.
    NewForm,
    /// Ask for last year's form and begin this year's.
    LastYear,
    /// Ask for a form and show in what it differs.
    Compare,
    /// Show each row beside what it was last year.
    Previous,
    Tour,
    Manual,
    /// Show which keys reach the program.
    KeyTest,
    /// Show what the user has set.
    Settings,
    /// Show the page as it will be printed.
    Preview,
    /// Show the page below the panes, or not.
    PreviewPane,
    Quit,
    Undo,
    Redo,
    Find,
    FindNext,
    New,
    Duplicate,
    /// Mark a row, to do something to several at once.
    Mark,
    /// List the library of indicators.
    Library,
    /// Keep the row in the unit's own library.
    KeepInLibrary,
    /// Ask for the class of the chosen rows.
    SetClass,
    /// Ask for the points of the chosen rows.
    SetPoints,
    /// Ask for the number of a row and go there.
    GoToRow,
    /// Ask what to replace by what.
    Replace,
    Delete,
    MoveUp,
    MoveDown,
    FoldAll,
    Jump,
    Fix,
    FixAll,
    NextProblem,
    PreviousProblem,
    CheckAll,
    NextPane,
    SelfEvaluation,
    Reason,
    WhatIf,
    Allow,
    Explain,
    Messages,
    Redraw,
    About,
    /// Keys that a pane takes itself; listed for help only.
    Moves,
}

impl Command {
    /// Whether it says why, where it can do nothing.
    pub(super) fn speaks(self) -> bool {
        matches!(
            self,
            Self::Fix | Self::Explain | Self::NextProblem | Self::PreviousProblem | Self::Undo | Self::Redo
        )
    }
}

/// Where a command works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// In every pane.
    Anywhere,
    /// In the tree.
    Outline,
    /// In a field.
    Field,
    /// In the list of problems.
    Problems,
    /// In the table of self-evaluation.
    Evaluation,
}

/// The menus of the menu bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Menu {
    /// 文件
    File,
    /// 编辑
    Edit,
    /// 指标
    Indicator,
    /// 检查
    Check,
    /// 查看
    View,
    /// 帮助
    Help,
}

impl Menu {
    /// All menus from left to right.
    pub(super) const ALL: [Self; 6] =
        [Self::File, Self::Edit, Self::Indicator, Self::Check, Self::View, Self::Help];

    /// The menu's title.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::File => "文件",
            Self::Edit => "编辑",
            Self::Indicator => "指标",
            Self::Check => "检查",
            Self::View => "查看",
            Self::Help => "帮助",
        }
    }
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct CommandInfo {
    /// The command.
    pub command: Command,
    /// Its name in menus and the palette.
    pub label: &'static str,
    /// Its name in the hints, short.
    pub hint: &'static str,
    /// Its keys, the first one is shown.
    pub keys: &'static [&'static str],
    /// Where it works.
    pub scope: Scope,
    /// Its menu.
    pub menu: Menu,
    /// Order in the hints, 0 for never; small ones are dropped last.
    pub rank: u8,
    /// What it does, for help.
    pub help: &'static str,
}

macro_rules! commands {
    ($($command:ident $label:literal $hint:literal, [$($key:literal),*] $scope:ident $menu:ident $rank:literal, $help:literal;)*) => {
        /// All commands; within a menu in its order.
        pub(super) const COMMANDS: &[CommandInfo] = &[$(CommandInfo {
            command: Command::$command, label: $label, hint: $hint, keys: &[$($key),*],
            scope: Scope::$scope, menu: Menu::$menu, rank: $rank, help: $help,
        },)*];
    };
}

commands! {
    Help "帮助" "帮助", ["F1"] Anywhere Help 1, "说明当前位置怎么填、有哪些键可用。";
    Start "开始页" "开始页", [] Anywhere File 0, "最近打开的表，新建、打开的几种办法。";
    NewForm "新建表…" "新建表", [] Anywhere File 0, "选分值权重，从一张空表填起。";
    LastYear "照去年的表新建…" "照去年", [] Anywhere File 0, "去年的表留下结构，年份顺延，实际值清空；Word、Excel 的也行。";
    Open "打开…" "打开", ["Ctrl+O"] Anywhere File 0, "打开另一张表；Word、Excel、WPS 的表先看再带入。";
    Save "保存" "保存", ["Ctrl+S"] Anywhere File 30, "保存到文件。有错误也能保存。";
    SaveAs "另存为…" "另存", ["Ctrl+W"] Anywhere File 0, "换一个文件名保存。";
    History "历史版本…" "历史", [] Anywhere File 0, "看以前保存过的版本和现在差在哪里，可以恢复；最多留20版。";
    Export "导出…" "导出", ["Ctrl+E"] Anywhere File 0, "导出 Word、网页、文本或表格，用来打印上报；自评时导出自评表。";
    FillIn "导出填写表…" "填写表", [] Anywhere File 0, "导出一张 Excel 表，给没有本程序的人填，填好再导入。";
    Import "导入…" "导入", ["Ctrl+U"] Anywhere File 0, "从 Word、Excel、网页、文本读指标，先看读懂了什么，再带入。";
    Preview "打印预览" "预览", ["F9"] Anywhere File 61, "看打印出来的样子；自评时看自评表。";
    PreviewPane "预览窗格" "预览窗格", ["Ctrl+R"] Anywhere View 0, "在下面开一个窗格，打字时就看打印出来的样子；再按一次关上。";
    Quit "退出" "退出", ["Ctrl+Q"] Anywhere File 60, "退出程序。有改动没有保存时会先问。";
    Undo "撤销" "撤销", ["Ctrl+Z"] Anywhere Edit 31, "退回上一步，次数不限，保存后也能退。";
    Redo "重做" "重做", ["Ctrl+Y"] Anywhere Edit 33, "把撤销的一步做回来。";
    Edit "编辑" "编辑", ["Enter", "F2"] Outline Edit 2, "进入右边的表格，光标停在第一格，直接打字。";
    Accept "确定并到下一格" "下一格", ["Enter"] Field Edit 3, "多行的格子里是换行，用 Tab 到下一格。";
    NextField "下一格" "下一格", ["Tab"] Field Edit 4, "到下一格；填错了也不会卡住。";
    PreviousField "上一格" "上一格", ["Shift+Tab"] Field Edit 0, "到上一格。";
    Pick "从列表选" "选择", ["Space", "F2"] Field Edit 5, "指标类型、计量单位、分类等从列表选；也可以直接打字筛选。";
    Rule "评分规则…" "评分规则", ["F2"] Field Indicator 5, "在评分标准格里，用规则生成句子，或看句子读懂了多少。";
    TakeAbove "照抄上一条的这一格" "照抄上条", ["Ctrl+D"] Field Edit 40, "把上一条指标同一格的内容抄过来。";
    SelectAll "全选" "全选", ["Ctrl+A"] Field Edit 0, "选中这一格的全部文字。";
    Copy "复制" "复制", ["Ctrl+C"] Anywhere Edit 0, "复制选中的文字；在目录上复制整条指标。";
    Cut "剪切" "剪切", ["Ctrl+X"] Anywhere Edit 0, "剪切选中的文字；在目录上剪切整条指标。";
    Paste "粘贴" "粘贴", ["Ctrl+V"] Anywhere Edit 0, "粘贴文字；在目录上粘贴指标，从表格软件复制的行也可以。";
    Find "查找…" "查找", ["Ctrl+F"] Anywhere Edit 34, "按汉字或拼音首字母找指标和格子。";
    Replace "查找替换…" "替换", [] Anywhere Edit 0, "整张表、一类、选中的几条或这一格里，把一个词换成另一个，先逐处看。";
    GoToRow "跳到第几条…" "跳到", [] Anywhere Edit 0, "按表上的序号去一条指标。";
    FindNext "查找下一个" "找下一个", ["F3"] Anywhere Edit 0, "跳到下一个找到的地方。";
    Leave "回到目录" "返回", ["Esc"] Field Edit 35, "离开这一格回到目录，内容保留。";
    New "新增指标" "新增", ["Ctrl+N"] Anywhere Indicator 36, "在当前指标后面新增一条，分类照当前位置。";
    Duplicate "复制本条指标" "复制行", ["Ctrl+D"] Outline Indicator 37, "在后面加一条一样的。";
    Delete "删除指标" "删除", ["Delete"] Outline Indicator 38, "删除一条指标；在分类上删除整类，会先问。可以撤销。";
    Library "从指标库选…" "指标库", ["Insert"] Anywhere Indicator 45, "一百多条乡镇常用的指标，按汉字、拼音、职责找，连解释、评分标准一起带入。";
    KeepInLibrary "存入指标库" "存入", [] Anywhere Indicator 0, "把当前这条存进本单位自己的指标库，以后的表都能选。";
    Mark "选中／不选" "选中", ["Space"] Outline Indicator 41, "选中几条，再一起删除、复制、移动、归类、定分值；在分类上是整类。Shift+上下连着选，Esc 全部不选。";
    SetClass "归类…" "归类", [] Outline Indicator 0, "选中的几条，或当前这条、这类，归到另一个一级、二级指标。";
    SetPoints "定分值…" "定分值", [] Outline Indicator 0, "选中的几条每条几分，或合计几分平分；评分标准里的分值一起改。";
    MoveUp "上移" "上移", ["Ctrl+Up"] Outline Indicator 39, "把指标往上移；移过分类的边就归入那一类。";
    MoveDown "下移" "下移", ["Ctrl+Down"] Outline Indicator 0, "把指标往下移；移过分类的边就归入那一类。";
    Fix "修复当前问题…" "修复", ["F4"] Anywhere Check 6, "列出这个问题的改法，选一个；可以撤销。";
    FixAll "全部规范写法…" "全部规范", ["Ctrl+L"] Anywhere Check 0, "把只改写法、不改意思的修复一次做完，先给你看会改哪些。";
    NextProblem "下一个问题" "下一问题", ["F8"] Anywhere Check 7, "在任何地方跳到下一个问题：先错误，再警告，再建议。";
    PreviousProblem "上一个问题" "上一问题", ["F7"] Anywhere Check 0, "跳到上一个问题。";
    CheckAll "看全部问题" "全部问题", ["F5"] Anywhere Check 41, "光标到问题列表。";
    Jump "跳到这个问题" "跳转", ["Enter"] Problems Check 2, "到出问题的那一格。";
    Explain "这个问题为什么…" "为什么", ["Ctrl+K"] Anywhere Check 42, "说明这条检查是什么、为什么、怎么改。";
    Allow "不再提示这个问题" "不再提示", ["Delete"] Problems Check 8, "本条不再提示这项检查，记在文件里，可以撤销。";
    NextPane "换窗格" "换窗格", ["F6"] Anywhere View 9, "目录、表格、问题之间轮换。";
    SelfEvaluation "填报／自评" "填报/自评", ["F12"] Anywhere View 43, "年末自评：填实际完成值，自动算得分。再按一次回到填报。";
    Reason "填偏差原因" "偏差原因", ["F2"] Evaluation Edit 3, "填写这条指标的偏差原因及改进措施。";
    WhatIf "假如（试算）" "假如", ["Ctrl+T"] Evaluation View 4, "试填实际值看得分，不写进表里；再按一次结束。";
    FoldAll "全部折叠／展开" "折叠", ["Ctrl+T"] Outline View 0, "只看分类，或看全部指标。";
    Previous "往年对照…" "往年", [] Anywhere View 0, "每条指标去年的目标、完成、得分，和今年比是高是低。";
    Compare "和别的表对比…" "对比", [] Anywhere View 0, "逐处看和另一张表的不同、各类分值的变化，要哪处就选用哪处。";
    Menu "菜单" "菜单", ["F10"] Anywhere View 20, "打开菜单；在目录上按 Esc 也可以。";
    Palette "查命令…" "命令", ["Ctrl+P"] Anywhere View 44, "打汉字或拼音首字母找命令。";
    Messages "看过去的消息" "消息", ["Ctrl+G"] Anywhere View 0, "把刚才提示过的消息再看一遍。";
    Redraw "重画屏幕" "重画", [] Anywhere View 0, "画面错位时用：重新测量字符宽度，整屏重画。";
    Manual "手册…" "手册", [] Anywhere Help 0, "一件事一页：评分标准、权重、导入导出、恢复、命令行、全部的键。";
    Tour "一分钟入门" "入门", [] Anywhere Help 0, "五屏讲完怎样走、怎样填、怎样改错、怎样存。";
    Settings "设置…" "设置", [] Anywhere File 0, "颜色、字符宽度、命令的键、新表里先填好的单位和人。";
    KeyTest "按键测试…" "按键测试", [] Anywhere Help 0, "看这个终端把哪些键交给了程序，哪些被占用。";
    About "关于绩效" "关于", [] Anywhere Help 0, "版本和数据安全的说明。";
    Moves "移动" "移动", ["Up", "Down", "PageUp", "PageDown", "Home", "End"] Anywhere View 0, "上下移动；目录里左右键折叠、展开。鼠标：点到哪里就去哪里，双击编辑，滚轮滚动；按住 Shift 拖动是终端的选字。";
}

impl Scope {
    /// Where its keys work, as a clerk says it.
    pub(super) fn place(self) -> &'static str {
        match self {
            Self::Anywhere => "",
            Self::Outline => "（在目录上）",
            Self::Field => "（在格子里）",
            Self::Problems => "（在问题列表里）",
            Self::Evaluation => "（自评时）",
        }
    }
}

impl CommandInfo {
    /// Whether the command works in a scope.
    pub(super) fn works_in(&self, scope: Scope) -> bool {
        self.scope == Scope::Anywhere || self.scope == scope
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_a_key_and_a_menu() {
        for info in COMMANDS {
            assert!(
                !info.keys.is_empty()
                    || matches!(
                        info.command,
                        Command::About
                            | Command::Redraw
                            | Command::FillIn
                            | Command::History
                            | Command::KeepInLibrary
                            | Command::SetClass
                            | Command::SetPoints
                            | Command::GoToRow
                            | Command::Replace
                            | Command::Start
                            | Command::NewForm
                            | Command::LastYear
                            | Command::Compare
                            | Command::Previous
                            | Command::Manual
                            | Command::KeyTest
                            | Command::Settings
                            | Command::Tour
                    ),
                "{}",
                info.label
            );
            assert!(Menu::ALL.contains(&info.menu));
        }
        let commands: HashSet<Command> = COMMANDS.iter().map(|info| info.command).collect();
        assert_eq!(commands.len(), COMMANDS.len());
    }

    #[test]
    fn help_comes_first_in_the_hints() {
        let lowest = COMMANDS.iter().filter(|info| info.rank > 0).min_by_key(|info| info.rank);
        assert_eq!(lowest.map(|info| info.command), Some(Command::Help));
    }
}
